package io.qilin.ops.config;

import java.util.Optional;

/** How one format of files is read. */
@FunctionalInterface
interface FormatReader {
  /** The map that the text holds; what is wrong but does not end the reading goes to the problems. Malformed for what does. */
  Node.Section read(SourceText source, Allowance allowance, Problems problems);

  /** The reader of a file's name, by its end. */
  static Optional<FormatReader> of(String fileName) {
    if (fileName.endsWith(".yaml") || fileName.endsWith(".yml")) {
      return Optional.of(
          (source, allowance, problems) -> new YamlReader(source, allowance, problems).read());
    }
    if (fileName.endsWith(".json")) {
      return Optional.of(
          (source, allowance, problems) -> new JsonReader(source, allowance, problems).read());
    }
    if (fileName.endsWith(".properties")) {
      return Optional.of((source, allowance, problems) ->
          new PropertiesReader(source, allowance, problems).read());
    }
    return Optional.empty();
  }
}
