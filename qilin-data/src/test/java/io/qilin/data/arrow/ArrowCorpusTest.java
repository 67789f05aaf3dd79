package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableScan;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.arrow.flatbuf.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that once crashed Arrow C++, and valid ones of other writers. */
class ArrowCorpusTest {
  /** 64 MiB of memory. */
  static final TableLimits SMALL =
      new TableLimits(1L << 30, 1 << 24, 4096, 1 << 24, 1L << 26, 100, 1 << 20);

  private static final Set<ErrorCode> HOSTILE =
      Set.of(ErrorCode.DATA_FORMAT, ErrorCode.LIMIT_EXCEEDED, ErrorCode.UNSUPPORTED);

  @TempDir
  Path folder;

  @Test
  void whenTheFileIsOfTheCorpus_thenItIsReadWholeOrRefusedWithATypedError() {
    Path corpus = SharedFiles.corpus("arrow-fuzz");
    int cases = 0;
    int whole = 0;
    for (String line : SharedFiles.lines(corpus.resolve("manifest.jsonl"))) {
      JsonNode entry = JsonMapper.shared().readTree(line);
      if (!entry.get("kind").asString().startsWith("arrow-")) {
        continue;
      }
      cases++;
      String id = entry.get("id").asString();
      boolean valid = entry.get("expect").asString().equals("read");
      Path file = corpus.resolve("files").resolve(id);
      try {
        roundTrip(id, Tables.read(file, TableScan.ALL.withLimits(SMALL)));
        whole += valid ? 1 : 0;
      } catch (QilinException e) {
        assertThat(e.code()).as("%s: %s", id, e.getMessage()).isIn(HOSTILE);
        if (valid) {
          assertThat(e.code()).as("%s: %s", id, e.getMessage()).isEqualTo(ErrorCode.UNSUPPORTED);
          readColumnByColumn(id, file);
        }
      }
    }
    assertThat(cases).isEqualTo(79);
    assertThat(whole).as("valid files that are read whole").isPositive();
  }

  private void roundTrip(String id, List<TableBatch> read) {
    if (read.isEmpty()) {
      return;
    }
    Path copy = folder.resolve(id + ".arrow");
    Tables.write(copy, read.get(0).schema(), read);
    assertThat(Tables.cells(Tables.read(copy, TableScan.ALL))).as(id).isEqualTo(Tables.cells(read));
  }

  private void readColumnByColumn(String id, Path file) {
    for (String column : columns(file)) {
      try {
        roundTrip(id, Tables.read(file, TableScan.ALL.withColumns(List.of(column))));
      } catch (QilinException e) {
        assertThat(e.code()).as(id + " " + e.getMessage()).isEqualTo(ErrorCode.UNSUPPORTED);
      }
    }
  }

  private static List<String> columns(Path file) {
    Where where = Where.file("corpus");
    try (FileBytes bytes = new FileBytes(FileChannel.open(file), Files.size(file), where)) {
      if (bytes.bytes(0, 1, where)[0] == 'A') {
        return ArrowFooter.read(bytes, SMALL, where).schema().names();
      }
      StoredMessage first = StoredMessage.at(bytes, 0, SMALL, where).orElseThrow();
      Schema schema = (Schema) first.metadata().header(new Schema());
      return SchemaReader.read(schema, first.version(), SMALL, where).names();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
