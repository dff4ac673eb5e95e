//! Law 2, against whoever passes a command on: the same signature can be written in several ways, and none of them makes a
//! second command of it, keeps the first one out, or changes what its receipt names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod world;

use paht_hub::intake;
use paht_model::command::Body;
use paht_model::receipt::Receipt;
use paht_model::timeline::Carrier;
use paht_model::wire::envelope::Sign as _;
use world::{Phone, World};

#[test]
fn a_command_written_in_another_way_is_the_same_command() {
    for first in 0..4 {
        let (world, phone) = (World::in_memory(), Phone::new(1));
        let report = phone.say(Body::Report(phone.statement("traffic", "Ổ gà", &["photo"])));
        let ways = rewritten(&report.bytes);
        let take = |bytes: &[u8]| {
            world.decide(|ledger, hub| intake::take_command(ledger, hub, bytes, Carrier::Http)).unwrap()
        };
        let receipt = take(&ways[first]);
        let traces = world.traces(&phone.report, &phone.thumbprint());
        for way in &ways {
            assert_eq!(take(way), receipt, "whoever was first");
        }
        assert_eq!(world.traces(&phone.report, &phone.thumbprint()), traces);
        let named = Receipt::verify(&receipt, &[world.key.public_key()]).unwrap().hash;
        assert_eq!(named, report.hash, "the phone that made it finds its own name");
    }
}

/// A signed envelope as it is, with the other signature that fits, tagged, and with a note that nobody signed.
fn rewritten(bytes: &[u8]) -> [Vec<u8>; 4] {
    let (head, signature) = bytes.split_at(bytes.len() - 32);
    // n - s, by hand: the order of P-256, big end first.
    let order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    let order: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&order[at * 2..][..2], 16).unwrap()).collect();
    let (mut flipped, mut borrow) = (vec![0; 32], 0);
    for at in (0..32).rev() {
        let left = i16::from(order[at]) - i16::from(signature[at]) - borrow;
        borrow = i16::from(left < 0);
        flipped[at] = u8::try_from(left.rem_euclid(256)).unwrap();
    }
    let mut noted = bytes.to_vec();
    // Behind the array's head and the protected header (with its two bytes of head) lies the empty map.
    let at = 3 + usize::from(bytes[2]);
    assert_eq!((bytes[1], bytes[at]), (0x58, 0xa0));
    noted.splice(at..=at, [0xa1, 0x63, b'v', b'i', b'a', 0x01]);
    [bytes.to_vec(), [head, &flipped].concat(), [&[0xd2], bytes].concat(), noted]
}
