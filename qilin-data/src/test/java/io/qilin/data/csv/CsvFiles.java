package io.qilin.data.csv;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;

/** Small files for tests. */
final class CsvFiles {
  static final String HEADER = "code,date,open,high,low,close,volume,amount\n";
  static final String ROW =
      "600519.SH,2025-01-15,1500.00,1520.00,1490.00,1510.00,30000,45300000.00\n";

  private CsvFiles() {}

  static Path write(Path folder, String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path folder, String name, String content) {
    return write(folder, name, content.getBytes(StandardCharsets.UTF_8));
  }

  static Path write(Path folder, String name, String content, Charset charset) {
    return write(folder, name, content.getBytes(charset));
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static Bars read(Path file) {
    return CsvBarReader.builder(file).build().read(BarQuery.ALL);
  }

  static Bars readGeneric(Path file) {
    return CsvBarReader.builder(file).generic().build().read(BarQuery.ALL);
  }

  /** The typed error of a call, with the code and all parts of its message. */
  static void assertRefused(Runnable call, ErrorCode code, String... parts) {
    Assertions.assertThatThrownBy(call::run).isInstanceOfSatisfying(QilinException.class, e -> {
      Assertions.assertThat(e.code()).isEqualTo(code);
      Assertions.assertThat(e.getMessage()).doesNotContain("\n");
      for (String part : parts) {
        Assertions.assertThat(e.getMessage()).contains(part);
      }
    });
  }
}
