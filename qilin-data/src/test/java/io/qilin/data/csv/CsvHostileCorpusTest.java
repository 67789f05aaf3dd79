package io.qilin.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.testkit.SharedFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The corpora of hostile files and texts; what is expected stands in their README. */
class CsvHostileCorpusTest {
  private static final Set<ErrorCode> TYPED =
      Set.of(ErrorCode.DATA_FORMAT, ErrorCode.LIMIT_EXCEEDED);

  @TempDir
  Path folder;

  private static List<JsonNode> cases(String corpus) {
    JsonMapper mapper = JsonMapper.shared();
    return SharedFiles.lines(SharedFiles.corpus(corpus).resolve("cases.jsonl")).stream()
        .filter(line -> !line.isBlank())
        .map(mapper::readTree)
        .toList();
  }

  @TestFactory
  List<DynamicTest> whenReadOrExported_thenAsTheCorpusStates() {
    return cases("csv-hostile").stream()
        .map(c -> DynamicTest.dynamicTest(c.get("id").asString(), () -> judge(c)))
        .toList();
  }

  private void judge(JsonNode node) {
    if (node.get("kind").asString().equals("export-cell")) {
      export(node.get("s").asString());
    } else {
      byte[] content = Base64.getDecoder().decode(node.get("b64").asString());
      market(node.get("expect").asString(), content);
    }
  }

  private void export(String text) {
    Path file = folder.resolve("cell.csv");
    try (CsvTableWriter out = CsvTableWriter.open(file, List.of("name", "number"))) {
      out.text(text).number(-1.5).endRow().commit();
    }
    CsvTextTable table = CsvTextTable.read(file);
    assertThat(table.rows()).containsExactly(List.of(text, "-1.5"));
    assertThat(TextCell.encode(text)).startsWith("'");
  }

  private void market(String expect, byte[] content) {
    Path file = CsvFiles.write(folder, "market.csv", content);
    Optional<Bars> bars = Optional.empty();
    try {
      bars = Optional.of(CsvBarReader.builder(file)
          .require(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME, Field.AMOUNT)
          .build()
          .read(BarQuery.ALL));
    } catch (QilinException e) {
      assertThat(e.code()).isIn(TYPED);
      assertThat(e.getMessage()).contains("market.csv");
      assertThat(expect).contains("typed-error");
    }
    if (expect.equals("typed-error")) {
      assertThat(bars).isEmpty();
    }
    if (bars.isPresent() && expect.startsWith("missing-value")) {
      assertThat(bars.get().panel().value(Field.CLOSE, 0, 0)).isNaN();
    }
    if (bars.isPresent() && expect.startsWith("read")) {
      assertThat(bars.get().panel().value(Field.HIGH, 0, 0)).isEqualTo(1520);
    }
  }

  @Test
  void whenNaughtyStringsAreExported_thenTheyComeBack() {
    Path file = folder.resolve("naughty.csv");
    for (JsonNode node : cases("naughty-strings")) {
      String text = node.get("s").asString();
      try (CsvTableWriter out = CsvTableWriter.open(file, List.of("text"))) {
        out.text(text).endRow().commit();
      }
      assertThat(CsvTextTable.read(file).rows()).containsExactly(List.of(text));
    }
  }

  @Test
  void whenNaughtyStringsAreInAFile_thenATypedError() {
    for (JsonNode node : cases("naughty-strings")) {
      String text = node.get("s").asString();
      for (String column : List.of("600519.SH", "2025-01-15", "1510.00")) {
        String row = CsvFiles.ROW.replace(column, text);
        Path file = CsvFiles.write(folder, "n.csv", CsvFiles.HEADER + row);
        try {
          CsvFiles.read(file);
        } catch (QilinException e) {
          assertThat(e.code()).isIn(TYPED);
          assertThat(e.getMessage()).doesNotContain("\n");
        }
      }
      Path file = CsvFiles.write(folder, "raw.csv", text.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> CsvFiles.read(file))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isIn(TYPED));
    }
  }
}
