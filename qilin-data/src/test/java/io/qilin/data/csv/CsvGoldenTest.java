package io.qilin.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.testkit.Panels;
import io.qilin.testkit.SharedFiles;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvGoldenTest {
  @TempDir
  Path folder;

  static Optional<String> difference(Panel expected, Panel actual) {
    return Panels.difference(expected, actual);
  }

  @Test
  void whenTheAShareInputIsRead_thenItsCountsAreRight() {
    Bars bars = CsvFiles.read(SharedFiles.golden("cn_input.csv.gz"));
    Panel panel = bars.panel();
    assertThat(bars.rowsRead()).isEqualTo(30_695);
    assertThat(panel.symbols()).hasSize(30);
    assertThat(panel.days()).hasSize(1217);
    assertThat(panel.adjustment()).isEqualTo(Adjustment.FORWARD);
    assertThat(panel.fields())
        .contains(Field.PRE_CLOSE, Field.FACTOR, Field.VWAP, Field.of("raw_close"));
    int pufa = panel.indexOf(Symbol.parse("600000.SH"));
    int day = panel.indexOf(LocalDate.of(2015, 9, 1));
    assertThat(panel.value(Field.VWAP, pufa, day)).isEqualTo(9.1568445);
    assertThat(panel.value(Field.PRE_CLOSE, pufa, day)).isEqualTo(14.96);
    assertThat(panel.value(Field.VOLUME, pufa, day)).isEqualTo(304_904_688);
    assertThat(bars.findings())
        .anyMatch(f -> f.message().contains("SHARES and YUAN") && f.message().contains("30695"));
  }

  @Test
  void whenTheOtherInputsAreRead_thenTheirCountsAreRight() {
    Bars edge = CsvFiles.readGeneric(SharedFiles.golden("edge_input.csv.gz"));
    assertThat(edge.rowsRead()).isEqualTo(935);
    assertThat(edge.panel().symbols()).hasSize(12);
    assertThat(edge.panel().days()).hasSize(90);
    Bars us = CsvFiles.readGeneric(SharedFiles.golden("us_input.csv.gz"));
    assertThat(us.rowsRead()).isEqualTo(7548);
    assertThat(us.panel().symbols()).hasSize(6);
    assertThat(us.panel().adjustment()).isEqualTo(Adjustment.FORWARD);
  }

  @Test
  void whenCalendarAndInstrumentsAreGiven_thenNothingChanges() {
    for (String set : new String[] {"cn", "edge", "us"}) {
      Path input = SharedFiles.golden(set + "_input.csv.gz");
      Panel alone = CsvFiles.readGeneric(input).panel();
      Panel told = CsvBarReader.builder(input)
          .generic()
          .calendarFile(SharedFiles.golden(set + "_calendar.txt"))
          .instrumentsFile(SharedFiles.golden(set + "_instruments.txt"))
          .build()
          .read(BarQuery.ALL)
          .panel();
      assertThat(difference(alone, told)).isEmpty();
    }
  }

  @Test
  void whenWrittenAndReadAgain_thenTheSameBits() {
    for (String set : new String[] {"cn", "edge", "us"}) {
      Panel panel =
          CsvFiles.readGeneric(SharedFiles.golden(set + "_input.csv.gz")).panel();
      Path copy = folder.resolve(set + ".csv.gz");
      CsvBarWriter.write(copy, panel);
      assertThat(difference(panel, CsvFiles.readGeneric(copy).panel())).isEmpty();
    }
  }
}
