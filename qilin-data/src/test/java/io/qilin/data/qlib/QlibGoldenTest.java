package io.qilin.data.qlib;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.csv.CsvBarReader;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the store that Qlib's own dumper wrote from the golden bars. */
class QlibGoldenTest {
  private static final Set<Symbol> SHARES =
      Set.of(Symbol.parse("SH600519"), Symbol.parse("SZ000002"), Symbol.parse("SZ300758"));

  @TempDir
  private Path folder;

  private static Bars csv() {
    return CsvBarReader.builder(SharedFiles.golden("cn_input.csv.gz")).build().read(BarQuery.ALL);
  }

  @Test
  void whenQlibsStoreIsRead_thenItHoldsTheBarsAsFloats() {
    Bars bars = QlibStore.open(SharedFiles.golden("qlib_bin")).read(BarQuery.ALL);
    Panel actual = bars.panel();
    Panel expected = csv().panel();
    assertThat(actual.symbols()).containsExactlyInAnyOrderElementsOf(SHARES);
    assertThat(actual.days()).isEqualTo(expected.days());
    assertThat(actual.adjustment()).isEqualTo(Adjustment.FORWARD);
    assertThat(actual.fields()).hasSize(8).isSubsetOf(expected.fields());
    int known = 0;
    for (Symbol symbol : actual.symbols()) {
      int at = actual.indexOf(symbol);
      int from = expected.indexOf(symbol);
      assertThat(actual.firstRow(at)).isEqualTo(expected.firstRow(from));
      assertThat(actual.endRow(at)).isEqualTo(expected.endRow(from));
      for (Field field : actual.fields()) {
        for (int day = 0; day < actual.days().size(); day++) {
          double value = actual.value(field, at, day);
          assertThat(Double.valueOf(value))
              .isEqualTo(Double.valueOf((float) expected.value(field, from, day)));
          known += Double.isNaN(value) ? 0 : 1;
        }
      }
    }
    assertThat(known).isGreaterThan(20_000);
    assertThat(bars.findings().stream()
            .filter(finding -> finding.rule().equals("instrument-without-rows")))
        .hasSize(27);
  }

  @Test
  void whenTheBarsAreWritten_thenTheBytesAreThoseOfQlibsDumper() throws IOException {
    Path golden = SharedFiles.golden("qlib_bin");
    Path store = folder.resolve("store");
    QlibWritten written = QlibStoreWriter.to(store).write(csv().panel().only(SHARES::contains));
    assertThat(written.instruments()).isEqualTo(3);
    assertThat(written.rounded()).isPositive().isLessThan(written.values());
    List<Path> files;
    try (Stream<Path> walk = Files.walk(golden)) {
      files = walk.filter(Files::isRegularFile).map(golden::relativize).toList();
    }
    assertThat(files).hasSize(26);
    Path list = Path.of("instruments/all.txt");
    assertThat(Files.readString(store.resolve(list)))
        .isEqualTo(Files.readString(golden.resolve(list))
            .lines()
            .filter(line -> SHARES.contains(Symbol.parse(line.substring(0, 8))))
            .map(line -> line + "\n")
            .collect(Collectors.joining()));
    for (Path file : files.stream().filter(file -> !file.equals(list)).toList()) {
      assertThat(store.resolve(file)).hasSameBinaryContentAs(golden.resolve(file));
    }
  }
}
