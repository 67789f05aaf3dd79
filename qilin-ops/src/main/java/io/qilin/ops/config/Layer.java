package io.qilin.ops.config;

import java.nio.file.Path;
import java.util.Map;

/** Where a part of the configuration comes from. */
sealed interface Layer {
  /** A file, or its variant for a profile; absolute and normalised. */
  record OfFile(Path file, boolean optional) implements Layer {}

  /** The files in a folder; absolute and normalised. */
  record OfFolder(Path folder) implements Layer {}

  /** The names of the environment that begin with a prefix. */
  record OfEnvironment(Map<String, String> variables, String prefix) implements Layer {}

  /** Values by path. */
  record OfPaths(Map<String, String> values) implements Layer {}
}
