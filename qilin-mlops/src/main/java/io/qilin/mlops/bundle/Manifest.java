package io.qilin.mlops.bundle;

import io.qilin.api.error.QilinException;
import io.qilin.core.report.JsonText;
import io.qilin.mlops.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a bundle holds: each file with its size and SHA-256. The bundle's own id is the SHA-256 of all that, so it stands for
 * the content of every file.
 */
record Manifest(String kind, String model, SortedMap<String, Entry> files) {
  static final String FILE = "manifest.json";
  static final int MAX_BYTES = 1 << 16;
  static final int MAX_FILES = 32;
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private static final String FORMAT = "qilin-model-bundle-1";
  private static final Set<String> MEMBERS = Set.of("format", "id", "kind", "model", "files");
  private static final Set<String> FILE_MEMBERS = Set.of("name", "bytes", "sha256");

  /** A file. */
  record Entry(long bytes, String sha256) {}

  static Manifest of(String kind, String model, Map<String, byte[]> contents) {
    SortedMap<String, Entry> files = new TreeMap<>();
    contents.forEach((name, bytes) -> files.put(name, new Entry(bytes.length, Sha256.hex(bytes))));
    return new Manifest(kind, model, files);
  }

  String id() {
    StringBuilder text = new StringBuilder(FORMAT + "\n" + kind + "\n" + model + "\n");
    files.forEach((name, entry) -> text.append(name)
        .append(' ')
        .append(entry.bytes)
        .append(' ')
        .append(entry.sha256)
        .append('\n'));
    return Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  byte[] write() {
    JsonText out = new JsonText().object().name("format").value(FORMAT);
    out.name("id").value(id()).name("kind").value(kind).name("model").value(model);
    out.name("files").array();
    files.forEach((name, entry) -> out.object()
        .name("name")
        .value(name)
        .name("bytes")
        .value(entry.bytes)
        .name("sha256")
        .value(entry.sha256)
        .end());
    return out.end().end().toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a manifest and holds it against the other files. */
  static Manifest read(Map<String, byte[]> contents) {
    byte[] bytes = contents.get(FILE);
    if (bytes == null) {
      throw BundleFault.invalid(FILE, "it is missing");
    }
    BundleJson json = BundleJson.read(FILE, bytes, MAX_BYTES, MEMBERS);
    if (!json.text("format").equals(FORMAT)) {
      throw json.fault("the format is not " + FORMAT);
    }
    SortedMap<String, Entry> files = new TreeMap<>();
    for (BundleJson file : json.objects("files", MAX_FILES, FILE_MEMBERS)) {
      Entry entry = new Entry(file.whole("bytes"), file.text("sha256"));
      if (files.put(file.text("name"), entry) != null) {
        throw json.fault("a file stands twice");
      }
    }
    Manifest manifest = new Manifest(json.text("kind"), json.text("model"), files);
    manifest.requireSame(contents);
    if (!manifest.id().equals(json.text("id"))) {
      throw json.fault("its id does not stand for its content; something was changed");
    }
    return manifest;
  }

  private void requireSame(Map<String, byte[]> contents) {
    Set<String> found = new TreeSet<>(contents.keySet());
    found.remove(FILE);
    if (!found.equals(files.keySet())) {
      throw BundleFault.invalid(
          FILE,
          "it names the files " + QilinException.quote(files.keySet().toString()) + ", there are "
              + found);
    }
    files.forEach((name, entry) -> {
      byte[] bytes = contents.getOrDefault(name, new byte[0]);
      if (bytes.length != entry.bytes || !Sha256.hex(bytes).equals(entry.sha256)) {
        throw BundleFault.invalid(
            name,
            "it is not as it was packed: it has " + bytes.length + " bytes instead of "
                + entry.bytes + ", or another SHA-256");
      }
    });
  }
}
