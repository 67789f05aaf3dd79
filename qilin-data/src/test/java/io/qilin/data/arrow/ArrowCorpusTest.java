package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.testkit.SharedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    List<String> refused = new ArrayList<>();
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
      } catch (QilinException e) {
        assertThat(e.code()).as("%s: %s", id, e.getMessage()).isIn(HOSTILE);
        if (valid) {
          assertThat(e.code()).as("%s: %s", id, e.getMessage()).isEqualTo(ErrorCode.UNSUPPORTED);
          refused.add(entry.get("upstream").asString() + " " + e.getMessage());
          readColumnByColumn(id, file);
        }
      }
    }
    assertThat(cases).isEqualTo(79);
    if (Boolean.getBoolean("show")) refused.forEach(System.out::println);
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
    try (TableReader reader =
        new ArrowFormat().open(file, TableScan.ALL.withColumns(List.of("no such column")))) {
      return reader.schema().names();
    } catch (QilinException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND);
      String names = e.getMessage().substring(e.getMessage().indexOf("it has ") + 7);
      return List.of(names.substring(1, names.length() - 1).split("', '"));
    }
  }
}
