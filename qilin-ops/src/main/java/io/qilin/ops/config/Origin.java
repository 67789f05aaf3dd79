package io.qilin.ops.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What says a setting.
 *
 * @param place as messages name it
 * @param folder of the file, against which its paths are resolved
 */
record Origin(String place, Optional<Path> folder) {
  static final Origin DEFAULT = new Origin("default", Optional.empty());

  static Origin file(Path file, int line, int column) {
    return new Origin(file + ":" + line + ":" + column, Optional.ofNullable(file.getParent()));
  }

  static Origin environment(String name) {
    return new Origin("environment " + Shown.line(name), Optional.empty());
  }

  static Origin override(String path) {
    return new Origin("override " + Shown.line(path), Optional.empty());
  }
}
