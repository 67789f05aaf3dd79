package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A manifest as JSON; read strictly, as anybody may have written it. */
final class ManifestJson {
  /** The longest manifest, in bytes. */
  static final int MOST_BYTES = 32 << 20;

  private static final int FORMAT = 1;
  private static final int MOST_PARTS = 1_000;
  private static final JsonFactory JSON = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(8)
          .maxStringLength(10_000)
          .maxNameLength(1_000)
          .maxNumberLength(20)
          .maxDocumentLength(MOST_BYTES)
          .build())
      .build();

  private ManifestJson() {}

  static byte[] write(Manifest manifest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Backup backup = manifest.backup();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartObject();
      out.writeNumberProperty("format", FORMAT);
      out.writeStringProperty("name", backup.name());
      out.writeNumberProperty("sequence", backup.sequence());
      out.writeStringProperty("began", backup.began().toString());
      out.writeStringProperty("ended", backup.ended().toString());
      out.writeObjectPropertyStart("versions");
      backup.versions().forEach(out::writeStringProperty);
      out.writeEndObject();
      out.writeArrayPropertyStart("parts");
      backup.parts().forEach(part -> write(out, part, manifest.files(part.name())));
      out.writeEndArray();
      out.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator out, BackedPart part, Map<String, FileDigest> files) {
    out.writeStartObject();
    out.writeStringProperty("name", part.name());
    out.writeStringProperty("said", part.said());
    out.writeArrayPropertyStart("files");
    files.forEach((path, digest) -> {
      out.writeStartObject();
      out.writeStringProperty("path", path);
      out.writeNumberProperty("size", digest.size());
      out.writeStringProperty("sha256", digest.sha256());
      out.writeEndObject();
    });
    out.writeEndArray();
    out.writeEndObject();
  }

  /**
   * Reads a manifest.
   *
   * @throws QilinException STORE_DAMAGED if it is none; STORE_VERSION if it is a newer one; INPUT_REJECTED if it names what is
   *     no file of a backup
   */
  static Manifest read(byte[] json) {
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), json)) {
      Manifest manifest = new Reading(in, FileDigest.of(json).sha256()).manifest();
      require(in.nextToken() == null, "something follows it");
      return manifest;
    } catch (JacksonException e) {
      throw new QilinException(
          ErrorCode.STORE_DAMAGED,
          "the manifest is not JSON of a backup: " + QilinException.quote(e.getOriginalMessage()),
          e);
    } catch (DateTimeException e) {
      throw new QilinException(
          ErrorCode.STORE_DAMAGED, "the manifest has a time that is none: " + e.getMessage(), e);
    }
  }

  private static void require(boolean good, String otherwise) {
    if (!good) {
      throw BackupErrors.damaged("the manifest is not that of a backup: " + otherwise);
    }
  }

  /** One document, from its beginning to its end. */
  private static final class Reading {
    private final JsonParser in;
    private final String digest;

    Reading(JsonParser in, String digest) {
      this.in = in;
      this.digest = digest;
    }

    private void next(JsonToken wanted) {
      JsonToken found = in.nextToken();
      require(found == wanted, "it has " + found + " where " + wanted + " belongs");
    }

    private void member(String name) {
      next(JsonToken.PROPERTY_NAME);
      require(
          in.currentName().equals(name),
          "it has " + QilinException.quote(in.currentName()) + " in place of " + name);
    }

    private String text(String name) {
      member(name);
      next(JsonToken.VALUE_STRING);
      return in.getString();
    }

    private long number(String name) {
      member(name);
      next(JsonToken.VALUE_NUMBER_INT);
      return in.getLongValue();
    }

    private void begin(String name, JsonToken token) {
      member(name);
      next(token);
    }

    Manifest manifest() {
      next(JsonToken.START_OBJECT);
      long format = number("format");
      if (format != FORMAT) {
        throw new QilinException(
            ErrorCode.STORE_VERSION,
            "the backup has the format " + format + ", this version of Qilin reads " + FORMAT);
      }
      String name = text("name");
      long sequence = number("sequence");
      Instant began = Instant.parse(text("began"));
      Instant ended = Instant.parse(text("ended"));
      Map<String, String> versions = versions();
      Map<String, SortedMap<String, FileDigest>> files = new TreeMap<>();
      List<BackedPart> parts = parts(files);
      next(JsonToken.END_OBJECT);
      require(sequence > 0, "backups are numbered from 1");
      return new Manifest(new Backup(name, sequence, began, ended, versions, parts, digest), files);
    }

    private Map<String, String> versions() {
      Map<String, String> versions = new TreeMap<>();
      begin("versions", JsonToken.START_OBJECT);
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String name = in.currentName();
        next(JsonToken.VALUE_STRING);
        versions.put(name, in.getString());
      }
      return versions;
    }

    private List<BackedPart> parts(Map<String, SortedMap<String, FileDigest>> files) {
      List<BackedPart> parts = new ArrayList<>();
      begin("parts", JsonToken.START_ARRAY);
      while (in.nextToken() == JsonToken.START_OBJECT) {
        String name = SafeName.part(text("name"));
        String said = text("said");
        SortedMap<String, FileDigest> own = files();
        next(JsonToken.END_OBJECT);
        require(files.put(name, own) == null, "it has the part " + name + " twice");
        parts.add(Manifest.part(name, own, said));
        require(parts.size() <= MOST_PARTS, "it has more than " + MOST_PARTS + " parts");
      }
      require(in.currentToken() == JsonToken.END_ARRAY, "its parts do not end");
      return parts;
    }

    private SortedMap<String, FileDigest> files() {
      SortedMap<String, FileDigest> files = new TreeMap<>();
      begin("files", JsonToken.START_ARRAY);
      while (in.nextToken() == JsonToken.START_OBJECT) {
        String path = SafeName.path(text("path"));
        long size = number("size");
        String sha256 = text("sha256");
        next(JsonToken.END_OBJECT);
        require(files.put(path, new FileDigest(size, sha256)) == null, "it names a file twice");
        require(
            files.size() <= Tree.MOST_FILES, "a part has more than " + Tree.MOST_FILES + " files");
      }
      require(in.currentToken() == JsonToken.END_ARRAY, "its files do not end");
      return files;
    }
  }
}
