import io.tus.java.client.TusClient;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;

/**
 * Uploads a file with tus-java-client, as any tus client would, and prints one line: {"url", "offset", "done"}.
 *
 * <pre>Upload ENDPOINT FILE --report ID --hash SHA256 [--stop-after BYTES] [--url UPLOAD_URL]</pre>
 *
 * With --stop-after the connection is left in the middle of a request after BYTES bytes; with --url an upload that was left is
 * taken up again, from the offset that the server says it holds.
 */
public class Upload {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int REQUEST_BYTES = 512 * 1024;

  public static void main(String[] arguments) throws Exception {
    Map<String, String> named = new HashMap<>();
    for (int at = 2; at + 1 < arguments.length; at += 2) {
      named.put(arguments[at], arguments[at + 1]);
    }
    long stopAfter = Long.parseLong(named.getOrDefault("--stop-after", String.valueOf(Long.MAX_VALUE)));
    TusClient client = new TusClient();
    client.setUploadCreationURL(URI.create(arguments[0]).toURL());
    File file = new File(arguments[1]);
    TusUpload upload = new TusUpload(file);
    upload.setMetadata(Map.of("report", named.get("--report"), "hash", named.get("--hash")));
    String url = named.get("--url");
    TusUploader uploader =
        url == null ? client.createUpload(upload) : client.beginOrResumeUploadFromURL(upload, new URL(url));
    uploader.setChunkSize(CHUNK_BYTES);
    uploader.setRequestPayloadSize(REQUEST_BYTES);
    boolean left = false;
    while (!left && uploader.uploadChunk() > -1) {
      left = uploader.getOffset() >= stopAfter;
    }
    if (!left) {
      uploader.finish();
    }
    boolean done = uploader.getOffset() == file.length();
    System.out.printf(
        "{\"url\": \"%s\", \"offset\": %d, \"done\": %b}%n", uploader.getUploadURL(), uploader.getOffset(), done);
    // As a process that dies: what is under way is cut.
    System.exit(0);
  }
}
