package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Makes versions of what the server tells, with their drafts and files, which are in the run of each version. */
final class VersionReader {
  /** The digest of a version's draft; versions without it are not Qilin's. */
  static final String DRAFT_TAG = "qilin.draft";

  static final String DRAFT_FILE = "draft.json";
  static final String FOLDER = "model";

  private static final long MOST_DRAFT = 64L << 20;
  private static final int MOST_CACHED = 64;

  private final Artifacts artifacts;
  private final long mostBytes;
  private final Recent<ModelDraft> drafts = new Recent<>(MOST_CACHED);

  VersionReader(MlflowServer server) {
    artifacts = new Artifacts(server);
    mostBytes = server.mostBytesInMemory();
  }

  static int number(JsonNode version) {
    return (int) Json.whole(version, "version");
  }

  static boolean isQilins(JsonNode version) {
    return !tag(version, DRAFT_TAG).isEmpty() && number(version) > 0;
  }

  private static String tag(JsonNode version, String key) {
    for (JsonNode tag : Json.items(version, "tags")) {
      if (Json.text(tag, "key").equals(key)) {
        return Json.text(tag, "value");
      }
    }
    return "";
  }

  ModelVersion read(ModelDocument model, JsonNode version) {
    ModelId id = new ModelId(model.name(), number(version));
    Instant registered = Instant.ofEpochMilli(Json.whole(version, "creation_timestamp"));
    Optional<StageMark> mark = StageMark.parse(tag(version, StageMark.TAG));
    ModelStage stage = mark.map(StageMark::stage).orElse(ModelStage.NONE);
    if (model.production() == id.version()) {
      stage = ModelStage.PRODUCTION;
    } else if (stage == ModelStage.PRODUCTION) {
      // The alias went to another version, and this tag was not written since.
      stage = ModelStage.ARCHIVED;
    }
    return new ModelVersion(
        id,
        draft(id, version),
        stage,
        model.aliasesOf(id),
        registered,
        mark.map(StageMark::moved).orElse(registered));
  }

  private ModelDraft draft(ModelId id, JsonNode version) {
    String digest = tag(version, DRAFT_TAG);
    return drafts.get(digest).orElseGet(() -> read(id, version, digest));
  }

  private ModelDraft read(ModelId id, JsonNode version, String digest) {
    ModelDraft draft =
        DraftJson.read(content(id, version, DRAFT_FILE, digest, MOST_DRAFT), id.toString());
    drafts.put(digest, draft);
    return draft;
  }

  /** A file of a version, which must have a digest. */
  byte[] file(ModelId id, JsonNode version, String file, String digest) {
    return content(id, version, FOLDER + "/" + file, digest, mostBytes);
  }

  private byte[] content(ModelId id, JsonNode version, String path, String digest, long most) {
    String run = Json.filled(version, "run_id");
    String source = Artifacts.root(Json.filled(version, "source"));
    String root = source.substring(0, Math.max(0, source.length() - FOLDER.length() - 1));
    if (!source.endsWith("/" + FOLDER) || artifacts.length(run, path).isEmpty()) {
      throw damaged(id, path, "is not there");
    }
    byte[] content = artifacts.read(root, path, most);
    if (!Digests.of(content).equals(digest)) {
      throw damaged(id, path, "is not what was registered");
    }
    return content;
  }

  private static QilinException damaged(ModelId id, String path, String what) {
    return new QilinException(
        ErrorCode.STORE_DAMAGED,
        "the file " + path + " of " + id + " " + what
            + "; restore the server's artifacts from a backup, or register the model again");
  }
}
