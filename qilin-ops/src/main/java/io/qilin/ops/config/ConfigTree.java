package io.qilin.ops.config;

import io.qilin.ops.internal.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which setting a configuration holds where, and what says so: the settings that are in force, defaults too. It knows no secret:
 * of one it keeps a hash, so that a change can be told and not what it was. Two are equal if they hold the same settings, from
 * wherever. Immutable.
 */
public final class ConfigTree {
  private final Map<String, Setting> settings;
  private final String digest;

  private ConfigTree(Map<String, Setting> settings) {
    this.settings = Collections.unmodifiableMap(settings);
    this.digest = HexFormat.of().formatHex(digest(settings));
  }

  /** A tree of settings, whose order by place becomes that of the tree. */
  static ConfigTree of(Map<ConfigPath, Setting> settings) {
    Map<String, Setting> sorted = new LinkedHashMap<>();
    for (ConfigPath path : new TreeSet<>(settings.keySet())) {
      sorted.put(path.toString(), Objects.requireNonNull(settings.get(path), "setting"));
    }
    return new ConfigTree(sorted);
  }

  /** All settings, sorted by place, those of a list by number. */
  public List<ConfigEntry> entries() {
    return settings.values().stream().map(Setting::entry).toList();
  }

  /** The setting at a place, for example {@code llm.providers[0].model}. */
  public Optional<ConfigEntry> at(String path) {
    return Optional.ofNullable(settings.get(path)).map(Setting::entry);
  }

  /** What is otherwise in a newer tree, in the order of the older, with what was added at the end. */
  public List<ConfigChange> diff(ConfigTree newer) {
    List<ConfigChange> changes = new ArrayList<>();
    settings.forEach((path, old) -> {
      Setting now = newer.settings.get(path);
      Optional<String> before = Optional.of(old.entry().text());
      if (now == null) {
        changes.add(new ConfigChange(path, before, Optional.empty(), ConfigChange.Kind.REMOVED));
      } else if (!now.same(old)) {
        Optional<String> after = Optional.of(now.entry().text());
        changes.add(new ConfigChange(path, before, after, ConfigChange.Kind.CHANGED));
      }
    });
    newer.settings.forEach((path, now) -> {
      if (!settings.containsKey(path)) {
        Optional<String> after = Optional.of(now.entry().text());
        changes.add(new ConfigChange(path, Optional.empty(), after, ConfigChange.Kind.ADDED));
      }
    });
    return List.copyOf(changes);
  }

  /**
   * SHA-256 in hexadecimal of all places and texts, each with its length before it; where they came from does not count. With
   * plain secrets allowed, keep it like them: a guess at a weak one can be tested by it.
   */
  public String digest() {
    return digest;
  }

  private static byte[] digest(Map<String, Setting> settings) {
    MessageDigest sha256 = Sha256.start();
    add(sha256, "qilin-config-1");
    settings.forEach((path, setting) -> {
      add(sha256, path);
      add(sha256, setting.hidden() ? "hidden" : "shown");
      add(sha256, setting.kept());
    });
    return sha256.digest();
  }

  private static void add(MessageDigest sha256, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    sha256.update(bytes);
  }

  /** One setting a line, {@code path = text  # origin}, without secrets. */
  public String print() {
    StringBuilder out = new StringBuilder();
    for (ConfigEntry entry : entries()) {
      out.append(entry.path()).append(" = ").append(Shown.quote(entry.text()));
      out.append("  # ").append(Shown.line(entry.origin())).append('\n');
    }
    return out.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfigTree that && digest.equals(that.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  /** The number of settings and the first digits of the digest. */
  @Override
  public String toString() {
    return "ConfigTree[" + settings.size() + " settings, " + digest.substring(0, 12) + "]";
  }
}
