package io.qilin.ops.config;

import java.util.Objects;

/**
 * One setting, fit to be shown. Immutable.
 *
 * @param path where it stands, for example {@code llm.providers[0].api-key}
 * @param text as it was written; {@code ***} for a secret, and in place of what is secret in a web address; a relative {@code
 *     Path} as it was resolved; {@code []} and <code>{}</code> for a list, a map or a record without settings
 * @param origin what says so: {@code FILE:LINE:COLUMN}, {@code environment NAME}, {@code override PATH} or {@code default}
 */
public record ConfigEntry(String path, String text, String origin) {
  /** Checks. */
  public ConfigEntry {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(origin, "origin");
  }
}
