package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Files of runs, through the server. */
final class Artifacts {
  private static final Pattern PART = Pattern.compile("[^/\\\\\\p{Cntrl}]+");
  private static final int MOST_PAGES = 1_000;

  private final MlflowApi api;

  Artifacts(MlflowServer server) {
    api = server.api();
  }

  /**
   * The path below the server's root of artifacts, of a URI like {@code mlflow-artifacts:/1/abc/artifacts}.
   *
   * @throws QilinException UNSUPPORTED if files do not go through the server; NETWORK if the path leads elsewhere
   */
  static String root(String uri) {
    try {
      URI root = new URI(uri);
      if ("mlflow-artifacts".equals(root.getScheme()) && root.getPath() != null) {
        String path = root.getPath().replaceAll("^/+|/+$", "");
        for (String part : path.split("/", -1)) {
          if (!PART.matcher(part).matches() || part.equals(".") || part.equals("..")) {
            throw Json.strange("its artifacts lie at " + QilinException.quote(uri));
          }
        }
        return path;
      }
    } catch (URISyntaxException e) {
      QilinException strange = Json.strange("its artifacts lie at " + QilinException.quote(uri));
      strange.addSuppressed(e);
      throw strange;
    }
    throw new QilinException(
        ErrorCode.UNSUPPORTED,
        "the files of this run lie at " + QilinException.quote(uri)
            + ", not behind the server; start it with --serve-artifacts, and make the experiment anew");
  }

  /** The length of a file; empty if there is none. */
  OptionalLong length(String run, String name) {
    int slash = name.lastIndexOf('/');
    String folder = slash < 0 ? "" : name.substring(0, slash);
    String token = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      Map<String, String> query = token.isEmpty()
          ? Map.of("run_id", run, "path", folder)
          : Map.of("run_id", run, "path", folder, "page_token", token);
      JsonNode found = api.get("artifacts/list", query);
      for (JsonNode file : Json.items(found, "files")) {
        if (Json.text(file, "path").equals(name) && !file.path("is_dir").asBoolean(false)) {
          return OptionalLong.of(Json.whole(file, "file_size"));
        }
      }
      token = Json.text(found, "next_page_token");
      if (token.isEmpty()) {
        return OptionalLong.empty();
      }
    }
    throw new QilinException(
        ErrorCode.LIMIT_EXCEEDED,
        "the folder " + QilinException.quote(folder) + " of the run " + run + " has more than "
            + MOST_PAGES + " pages of files");
  }

  void put(String root, String name, Supplier<BodyPublisher> content) {
    api.put(root + "/" + name, content);
  }

  /** Copies a file that is there; not tried again once a part of it was written. */
  DigestSink copy(String root, String name, OutputStream to) {
    return api.read(root + "/" + name, new Attempts(name, to));
  }

  /** A sink for each attempt, until one has written something. */
  private static final class Attempts implements Supplier<DigestSink> {
    private final String name;
    private final OutputStream to;
    private DigestSink last;

    Attempts(String name, OutputStream to) {
      this.name = name;
      this.to = to;
      this.last = new DigestSink(to, 0);
    }

    @Override
    public DigestSink get() {
      if (last.count() > 0) {
        throw new QilinException(
            ErrorCode.NETWORK,
            "the artifact " + QilinException.quote(name)
                + " broke off in the middle; throw away what was written and copy it again");
      }
      last = new DigestSink(to, Long.MAX_VALUE);
      return last;
    }
  }

  /** Reads a file that is there into memory. */
  byte[] read(String root, String name, long most) {
    return api.read(root + "/" + name, () -> new BoundedBytes(most)).toBytes();
  }
}
