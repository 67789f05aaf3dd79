package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of configurations for one test. */
final class ConfigFolder {
  private final Path folder;

  ConfigFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  Path at(String name) {
    return folder.resolve(name);
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The record that a YAML file alone gives. */
  <T> T yaml(Class<T> type, String text) {
    return ConfigLoader.builder(type)
        .file(write("app.yaml", text))
        .build()
        .load()
        .value();
  }

  /** The lines of a refusal, without the first, and with file names in place of paths. */
  List<String> problems(ConfigLoader<?> loader) {
    QilinException refusal = catchThrowableOfType(QilinException.class, loader::load);
    assertThat(refusal).as("refusal").isNotNull();
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    String message = refusal.getMessage().replace(folder + "/", "");
    assertThat(message).startsWith("QILIN-1002 the configuration is refused, ");
    return message.lines().skip(1).toList();
  }

  /** The lines of the refusal of one YAML file. */
  List<String> yamlProblems(Class<?> type, String text) {
    return problems(ConfigLoader.builder(type).file(write("app.yaml", text)).build());
  }
}
