# Ce que disent les applications, en français. Les identifiants sont les mêmes dans toutes les langues ; $count est un nombre, les autres variables sont du texte prêt à lire.

# general

app-name = PAHT
app-tagline = Signalez ce que vous voyez, suivez jusqu’à la solution
app-tab-report = Signaler
app-tab-mine = Suivi
app-tab-queue = Envois
app-tab-nearby = Alentours
app-tab-alerts = Alertes
app-tab-service = Avis
app-tab-cases = Dossiers
app-tab-settings = Réglages
app-tab-more = Plus
app-button-ok = D’accord
app-button-cancel = Annuler
app-button-back = Retour
app-button-save = Enregistrer
app-button-send = Envoyer
app-button-retry = Réessayer
app-button-undo = Annuler l’action
app-button-delete = Supprimer
app-button-close = Fermer
app-button-more = Voir plus
app-button-yes = Oui
app-button-no = Non
app-button-done = Terminé
app-button-open-settings = Ouvrir les réglages
app-loading = Chargement…
app-nothing-here = Rien ici pour l’instant.
app-required = Obligatoire
app-optional = Facultatif
app-error-title = Cela n’a pas marché
app-offline = Pas de réseau en ce moment. Continuez sans souci ; tout est conservé sur ce téléphone.
app-online = Réseau retrouvé. L’envoi reprend.

# report

app-report-title = Nouveau signalement
app-report-danger = Si quelqu’un est en danger, appelez d’abord. Le signalement est enregistré de toute façon.
app-button-take-photo = Prendre une photo
app-button-record-video = Filmer
app-button-from-gallery = Depuis la galerie
app-button-add-voice = Note vocale
app-button-record-voice = Enregistrer la voix
app-button-stop-voice = Arrêter
app-report-voice-limit = Parlez { $seconds } secondes au plus.
app-report-voice-recording = Enregistrement, encore { $seconds } s
app-report-voice-added = Note vocale, { $seconds } s
app-report-category = De quoi s’agit-il ?
app-report-category-choose = Choisissez une catégorie
app-report-place = Où est-ce ?
app-report-place-accuracy = Précis à { $metres } m environ
app-report-place-waiting = Recherche de la position…
app-report-place-unknown = Position inconnue
app-report-place-pinned = Placé sur la carte
app-report-place-of-photo = Position tirée de la photo
app-button-pin = Placer sur la carte
app-button-my-position = Ma position
app-button-no-place = Sans lieu
app-report-words = Écrivez quelques mots (facultatif)
app-report-words-hint = Par exemple : éboulis sur la route, les motos ne passent plus.
app-report-sender = Nom et numéro (facultatif)
app-report-sender-name = Votre nom
app-report-sender-number = Votre numéro de téléphone
app-report-sender-why = Seulement pour qu’un agent puisse vous rappeler. Jamais rendu public.
app-button-save-report = Enregistrer
app-report-saved = Enregistré sur ce téléphone
app-report-will-be-sent = Il partira tout seul dès qu’il y aura du réseau. Vous n’avez rien d’autre à faire.
app-report-sending-now = Il est en route vers le centre. Vous pouvez fermer l’application.
app-report-draft-kept = Brouillon conservé
app-report-draft-found = Vous avez un signalement inachevé.
app-button-resume-draft = Continuer
app-button-discard-draft = Jeter le brouillon
app-report-discard-confirm = Jeter ce brouillon ? Son texte et les photos prises dans l’application seront supprimés.
app-permission-camera = L’application n’a pas accès à l’appareil photo. Autorisez-le dans les réglages ou ajoutez une photo de la galerie.
app-permission-location = L’application n’a pas accès à la position. Autorisez-la dans les réglages ou placez le lieu sur la carte.
app-permission-microphone = L’application n’a pas accès au micro. Autorisez-le dans les réglages ou écrivez quelques mots.
app-permission-notifications = L’application ne peut pas vous envoyer de notifications. Autorisez-les dans les réglages pour être averti des réponses, ou regardez dans « Suivi ».
app-report-no-camera = Aucun appareil photo utilisable sur ce téléphone. Ajoutez une photo de la galerie.
app-report-storage-full = Le téléphone est plein. Supprimez des photos, des vidéos ou des applications, puis enregistrez à nouveau ; les signalements déjà enregistrés sont en sécurité.

# queue

app-queue-title = Envois en cours
app-queue-empty = Rien n’attend d’être envoyé.
app-part-statement = Le texte
app-part-preview = Aperçu
app-part-rendition = Photo nette
app-part-bundle = Porté pour d’autres
app-part-voice-note = Note vocale
app-part-original = Photo originale
app-part-video = Vidéo originale
app-part-unknown = Autre élément
app-part-waiting = En attente
app-part-sending = Envoi { $percent } %
app-part-received = Reçu par le centre, { $time }
app-part-needs-you = Action requise
app-part-held = Suspendu par vous
app-part-file-lost = Son fichier a disparu de ce téléphone ou a été modifié : il ne peut pas partir. Le reste est envoyé quand même.
app-queue-all-sent = Tout est envoyé. Le centre a confirmé chaque élément.
app-queue-unconfirmed = Tout a quitté ce téléphone ; le centre doit encore le confirmer.
app-queue-next-try = Prochain essai dans { $time }
app-queue-last-failure = Le dernier essai a échoué : { $reason }
app-queue-bytes-left = Encore { $size }
app-queue-data-used = Données utilisées : { $size }
app-queue-waits-for-wifi = Les originaux attendent le Wi-Fi ({ $size }).
app-queue-ask-originals = Envoyer { $size } d’originaux par les données mobiles ?
app-button-send-now = Envoyer maintenant
app-button-hold = Suspendre
app-button-release = Reprendre l’envoi
app-button-send-originals = Envoyer les originaux
app-button-edit = Modifier
app-button-withdraw = Retirer
app-queue-withdraw-confirm = Retirer ce signalement ? Le centre cesse de le traiter et supprime sa page publique. C’est irréversible.

# without a network

app-way-unconfirmed = Envoyé autrement, à confirmer
app-ways-title = Envoyer sans réseau
app-ways-intro = Votre signalement est gardé et partira de lui-même avec le réseau. En cas d’urgence, utilisez l’un de ces moyens ; les deux ensemble ne font pas deux signalements.
app-sms-title = Par SMS
app-sms-explain = Texte, sujet et lieu deviennent un message au { $number }. Photos et vidéos suivront avec le réseau. Votre opérateur le facture comme un SMS ordinaire.
app-button-write-text = Rédiger le SMS
app-button-write-part = SMS { $part }/{ $count }
app-sms-written = Le SMS est prêt. Envoyez-le dans votre application, sans rien y changer.
app-sms-no-app = Ce téléphone ne peut pas envoyer de SMS. Copiez le message et envoyez-le d’un autre au { $number }.
app-button-copy = Copier
app-courier-title = Par quelqu’un qui va vers le réseau
app-courier-explain = Le signalement et ses photos sont scellés dans un fichier. Transmettez-le par Bluetooth ou partage à proximité ; cette personne ne peut pas le lire, et son téléphone l’envoie une fois ouvert dans cette application.
app-button-give-bundle = Transmettre un fichier
app-courier-making = Scellage…
app-courier-made = { $size } scellés. S’ils ne peuvent pas l’ouvrir, transmettez-les de nouveau.
app-carried-title = Porté pour d’autres
app-carried-intro = Ouvrez un fichier reçu de quelqu’un, ou choisissez-le ici. Ce téléphone envoie d’abord ce qui est à vous.
app-carried-empty = Vous ne portez rien pour d’autres.
app-button-choose-file = Choisir un fichier
app-carried-taken = Fichier pris. Ce téléphone l’enverra avec le réseau.
app-carried-answered = Le centre l’a reçu. Rendez le reçu à votre prochaine rencontre.
app-button-give-receipts = Rendre le reçu
app-button-stop-carrying = Ne plus le porter
app-carried-drop-confirm = Ne plus porter ce fichier ? Si le centre ne l’a pas encore, son auteur devra l’envoyer autrement.
app-receipts-accepted = Le reçu est bon. Éléments désormais au centre : { $count }

# mine

app-mine-title = Mes signalements
app-mine-empty = Vous n’avez encore rien signalé. Prenez en photo ce qui pose problème ; cela marche aussi sans réseau.
app-way-waiting = Sur ce téléphone
app-way-arriving = En route, { $done } sur { $all }
app-way-whole = Arrivé au centre
app-way-needs-you = Action requise
app-way-held = Suspendu par vous
app-way-withdrawn = Retiré
app-stage-received = Reçu
app-stage-refused = Non traité
app-stage-duplicate = Doublon
app-stage-dispatched = Transmis
app-stage-in-progress = En cours
app-stage-returned = Renvoyé au centre
app-stage-answered = Réponse donnée
app-stage-closed = Réglé
app-stage-withdrawn = Retiré
app-timeline-received = Le centre l’a reçu. Votre numéro de dossier est { $code }
app-timeline-classified = Classé dans « { $category } »
app-timeline-classified-area = Classé dans « { $category } », { $area }
app-timeline-refused = Le centre ne traite pas ce signalement
app-timeline-duplicate = Même affaire que le dossier { $code }
app-timeline-dispatched = Confié à : { $agency }, réponse attendue le { $due }
app-timeline-in-progress = { $agency } : travail commencé
app-timeline-returned = { $agency } : dossier renvoyé ; le centre cherchera un autre service
app-timeline-answered = { $agency } : réponse donnée
app-timeline-closed = { $agency } : affaire réglée
app-timeline-rated = Vous avez donné la note { $grade } sur 5
app-timeline-reopened = Vous avez rouvert le dossier, nouvelle échéance { $due }
app-timeline-time-asked = { $agency } : délai demandé jusqu’au { $due }
app-timeline-time-given = Nouvelle échéance pour { $agency } : { $due }
app-timeline-commented-citizen = Vous avez ajouté
app-timeline-commented-agency = Le service vous a écrit
app-timeline-commented-operator = Le centre vous a écrit
app-timeline-commented = Quelqu’un a écrit
app-timeline-asked = Une question vous est posée
app-timeline-edited = Vous avez modifié le signalement
app-timeline-carried-sms = Le signalement est arrivé par SMS ; le texte complet est attendu
app-timeline-carried-text = Le signalement est arrivé par simple SMS, non confirmé
app-timeline-carried-http = Le signalement complet est arrivé par le réseau
app-timeline-carried-courier = Le signalement est arrivé par le téléphone d’une autre personne
app-timeline-withdrawn = Vous avez retiré le signalement
app-timeline-arrived = Une photo ou vidéo originale est arrivée au centre
app-timeline-arrived-small = Un aperçu est arrivé au centre
app-timeline-arrived-clear = Une image nette est arrivée au centre
app-timeline-arrived-voice = Un message vocal est arrivé au centre
app-timeline-published = Le dossier a été rendu public
app-timeline-held = Le centre l’examine avant de le rendre public
app-timeline-taken-down = Le dossier n’est plus public
app-timeline-unknown = Il y a du nouveau ; mettez l’application à jour pour le lire
app-mine-before = Avant
app-mine-after = Après
app-mine-due = Réponse attendue le { $time }
app-mine-overdue = En retard
app-mine-code = Dossier n° { $code }
app-button-share = Partager
app-mine-share-text = Signalement { $code }, à suivre sur { $link }

# nearby

app-nearby-title = Signalements autour de vous
app-nearby-empty = Aucun signalement public dans les environs.
app-nearby-needs-network = Cette liste a besoin du réseau. Vos propres signalements sont dans « Suivi », avec ou sans réseau.
app-nearby-no-position = Votre position est inconnue : voici les signalements les plus récents.
app-nearby-around-you = Autour de vous
app-nearby-around-pin = Autour du lieu choisi
app-nearby-around = Autour de { $place }
app-nearby-within = À moins de { $distance }
app-nearby-radius = Rayon de recherche
app-button-list = Liste
app-button-map = Carte
app-nearby-metres = { $metres } m
app-nearby-kilometres = { $km } km

# feedback

app-rate-title = Noter la réponse
app-rate-prompt = Le problème est-il réglé ?
app-grade-1 = Pas du tout réglé
app-grade-2 = Mal réglé
app-grade-3 = En partie réglé
app-grade-4 = Bien réglé
app-grade-5 = Entièrement réglé
app-rate-why = Pourquoi cette note ? (facultatif)
app-button-rate = Noter
app-comment-prompt = Que souhaitez-vous ajouter ?
app-button-comment = Ajouter un mot
app-question-title = Une question pour vous
app-button-reply = Répondre
app-reopen-title = Pas réglé ?
app-reopen-prompt = Si vous rouvrez le dossier, le service doit répondre à nouveau avant une nouvelle échéance. La première reste inscrite.
app-reopen-reason = Qu’est-ce qui n’est pas réglé ?
app-button-reopen = Rouvrir
app-feedback-thanks = Merci. C’est conservé sur ce téléphone et envoyé dès qu’il y a du réseau.

# alerts

app-alerts-title = Alertes
app-alerts-empty = Aucune alerte pour ce secteur en ce moment.
app-alerts-valid-until = Valable jusqu’au { $time }
app-alerts-old = Ancienne alerte, plus valable
app-alerts-as-of = À jour au { $time }. Il faut du réseau pour les plus récentes.
app-alerts-never = Ce téléphone n’a encore reçu aucune nouvelle des alertes. Elles arriveront d’elles-mêmes avec le réseau.
app-alerts-here = Concerne l’endroit où vous êtes
app-alerts-elsewhere = Ailleurs dans la province
app-emergency-title = Numéros d’urgence
app-emergency-disaster = Catastrophe, crue, glissement de terrain
app-emergency-police = Police secours
app-emergency-fire = Pompiers et secours
app-emergency-ambulance = Urgences médicales
app-emergency-which = Catastrophe, crue, glissement de terrain : appelez le 112. Vol, violence : le 113. Incendie, personnes coincées : le 114. Blessure, malaise grave : le 115.
app-button-call = Appeler le { $number }

# service

app-service-title = Évaluer un service
app-service-intro = Pour les visiteurs et les habitants. Sans compte.
app-service-choose = Quel service voulez-vous évaluer ?
app-service-name = Nom du lieu ou plaque du véhicule
app-service-stars = Qu’en avez-vous pensé ?
app-service-phrases = Touchez ce qui convient
app-phrase-clean = Propre
app-phrase-dirty = Sale
app-phrase-friendly = Accueillant
app-phrase-rude = Désagréable
app-phrase-fair-price = Prix correct
app-phrase-overcharged = Prix abusif
app-phrase-good-food = Bonne cuisine
app-phrase-unsafe = Peu sûr
app-phrase-long-wait = Longue attente
app-phrase-broken = En panne
app-phrase-helpful = Serviable
app-phrase-recommend = Je recommande
app-service-words = Dites-le avec vos mots (facultatif)
app-service-thanks = Merci. Les responsables de ce service liront votre avis.

# officer

app-officer-title = Mes dossiers
app-officer-sign-in = Se connecter avec un code
app-officer-code = Le code que le centre vous a donné
app-officer-code-wrong = Le code est faux ou expiré. Vérifiez-le caractère par caractère ou demandez-en un nouveau au centre.
app-officer-empty = Aucun dossier ne vous attend.
app-officer-due-in = Échéance dans { $time }
app-officer-overdue-by = En retard de { $time }
app-officer-after-photo-required = Cette catégorie exige une photo prise après l’intervention.
app-officer-paper-required = Cette catégorie exige la photo d’un document : procès-verbal ou décision.
app-officer-answer-text = Qu’est-ce qui a été fait ?
app-officer-return-reason = Pourquoi renvoyez-vous ce dossier ?
app-officer-more-days = Combien de jours de plus ?
app-officer-more-reason = Pourquoi faut-il plus de temps ?
app-officer-more-asked =
    { $count ->
        [one] { $count } jour de plus demandé
       *[other] { $count } jours de plus demandés
    }
app-officer-needs-network = La connexion et la première liste demandent un réseau. Réessayez quand il y en a un.
app-officer-will-be-sent = Conservé sur ce téléphone, envoyé dès qu’il y a du réseau.
app-officer-sign-out-confirm = Se déconnecter de ce téléphone ? Il faudra un code pour vous reconnecter.
app-button-sign-in = Se connecter
app-button-sign-out = Se déconnecter
app-button-start = Commencer
app-button-answer = Répondre
app-button-after-photo = Photo d’après
app-button-return = Renvoyer
app-button-more-time = Demander un délai

# settings

app-settings-title = Réglages
app-settings-language = Langue
app-settings-language-phone = Comme le téléphone
app-settings-data = Envoi des originaux
app-settings-data-any = Par tout réseau
app-settings-data-wifi = En Wi-Fi seulement
app-settings-data-ask = Me demander avant
app-settings-data-hint = Le texte et les aperçus pèsent quelques dizaines de ko et partent toujours aussitôt.
app-settings-data-used = Envoyé jusqu’ici : { $sent }. La reprise après coupure a épargné { $saved }.
app-settings-sender = Votre nom et votre numéro
app-settings-sender-hint = Repris dans vos prochains signalements. Conservé sur ce téléphone seulement ; chiffré pour le centre à l’envoi.
app-settings-storage = Espace utilisé : { $size }
app-settings-battery = L’économiseur de batterie peut bloquer l’envoi quand l’application est fermée. Autorisez-la à fonctionner en arrière-plan.
app-button-battery = Réglages de batterie
app-settings-about = À propos
app-settings-about-text = PAHT porte ce que vous voyez au service compétent, même depuis un endroit sans réseau, et vous permet de suivre l’affaire jusqu’au bout.
app-settings-version = Version de l’application : { $version }
app-settings-licence = Logiciel libre, licence Apache 2.0
app-settings-privacy = Confidentialité
app-settings-privacy-text = Aucun compte n’est nécessaire. Le texte, les images et le lieu que vous envoyez peuvent être publiés avec le résultat. Votre nom et votre numéro sont chiffrés pour le centre et jamais publiés. Les photos publiées perdent toute donnée cachée ; le centre garde les originaux sous scellés.

# accessibility

app-a11y-photo = Photo { $number } sur { $all }
app-a11y-remove-photo = Retirer la photo { $number }
app-a11y-category = Catégorie { $name }
app-a11y-selected = Sélectionné
app-a11y-play-voice = Écouter la note vocale
app-a11y-stars =
    { $count ->
        [one] { $count } étoile
       *[other] { $count } étoiles
    }
app-a11y-map-not-needed = La carte n’est pas nécessaire : utilisez la position du téléphone ou laissez le lieu vide.
app-a11y-map-pin = Carte avec le repère. Vous pouvez aussi choisir la commune dans la liste ci-dessous ou ne pas indiquer de lieu.
app-a11y-zoom-in = Agrandir la carte
app-a11y-zoom-out = Réduire la carte

# notifications

app-channel-sending = Envoi
app-channel-answers = Réponses et questions
app-channel-alerts = Alertes
app-notice-sending-title = Envoi des signalements
app-notice-sending-body = Encore { $size }
app-notice-answered-title = Réponse reçue : { $code }
app-notice-answered-body = { $agency } : réponse donnée. Voyez ce qui a été fait et dites si c’est réglé.
app-notice-needs-you-title = Un signalement a besoin de vous
app-notice-needs-you-body = Il ne peut pas partir tel quel. Ouvrez-le pour savoir pourquoi et quoi faire.
app-notice-question-title = Une question pour vous : { $code }
app-notice-question-body = Votre réponse aidera à régler l’affaire plus vite.
app-notice-alert-title = Alerte : { $title }
app-notice-alert-body = Valable jusqu’au { $time }. Touchez pour savoir quoi faire.

# time and size

app-time-now = À l’instant
app-time-minutes-ago =
    { $count ->
        [one] il y a { $count } minute
       *[other] il y a { $count } minutes
    }
app-time-hours-ago =
    { $count ->
        [one] il y a { $count } heure
       *[other] il y a { $count } heures
    }
app-time-days-ago =
    { $count ->
        [one] il y a { $count } jour
       *[other] il y a { $count } jours
    }
app-time-in-minutes =
    { $count ->
        [one] dans { $count } minute
       *[other] dans { $count } minutes
    }
app-time-in-hours =
    { $count ->
        [one] dans { $count } heure
       *[other] dans { $count } heures
    }
app-time-in-days =
    { $count ->
        [one] dans { $count } jour
       *[other] dans { $count } jours
    }
app-duration-seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }
app-duration-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
app-duration-hours =
    { $count ->
        [one] { $count } heure
       *[other] { $count } heures
    }
app-duration-days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
app-size-bytes = { $size } octets
app-size-kilobytes = { $size } ko
app-size-megabytes = { $size } Mo
app-size-gigabytes = { $size } Go
