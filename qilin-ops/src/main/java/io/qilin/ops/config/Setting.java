package io.qilin.ops.config;

import io.qilin.ops.internal.Sha256;

/**
 * A setting as a tree keeps it.
 *
 * @param entry what may be shown
 * @param kept what tells it from another: its text, or for what is hidden in part or whole, a hash of it
 * @param hidden whether something of it is not shown
 */
record Setting(ConfigEntry entry, String kept, boolean hidden) {
  static final String MASK = "***";

  /** A setting whose web addresses are shown without credentials. */
  static Setting of(ConfigPath path, String text, Origin origin) {
    String shown = Credentials.masked(text);
    boolean hidden = !shown.equals(text);
    ConfigEntry entry = new ConfigEntry(path.toString(), shown, origin.place());
    return new Setting(entry, hidden ? Sha256.hex(text) : text, hidden);
  }

  /** A setting that is not shown at all. */
  static Setting secret(ConfigPath path, String text, Origin origin) {
    return new Setting(
        new ConfigEntry(path.toString(), MASK, origin.place()), Sha256.hex(text), true);
  }

  boolean same(Setting other) {
    return hidden == other.hidden && kept.equals(other.kept);
  }
}
