package io.qilin.data.csv;

import static io.qilin.data.csv.CsvFiles.assertRefused;
import static io.qilin.data.csv.CsvFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.bars.AmountUnit;
import io.qilin.data.bars.VolumeUnit;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvUnitsTest {
  @TempDir
  Path folder;

  private static List<QualityFinding> of(Bars bars, String rule) {
    return bars.findings().stream().filter(f -> f.rule().equals(rule)).toList();
  }

  /** Bars of 10 yuan, 20,000 shares, 200,000 yuan a day. */
  private Path market(int rows, double volume, double amount, double wrongFrom) {
    StringBuilder text = new StringBuilder("code,date,open,high,low,close,volume,amount\n");
    for (int i = 0; i < rows; i++) {
      text.append("600519.SH,")
          .append(LocalDate.of(2025, 1, 1).plusDays(i))
          .append(",10,10.1,9.9,10,")
          .append(volume)
          .append(',')
          .append(i < wrongFrom ? amount : amount * 37)
          .append('\n');
    }
    return write(folder, "market.csv", text.toString());
  }

  @Nested
  class Units {
    @ParameterizedTest
    @CsvSource({
      "20000, 200000, SHARES and YUAN",
      "200, 200000, LOTS and YUAN",
      "200, 200, LOTS and THOUSAND_YUAN",
      "20000, 20, SHARES and TEN_THOUSAND_YUAN",
      "200, 20, LOTS and TEN_THOUSAND_YUAN"
    })
    void whenNotGiven_thenFoundOutAndTold(double volume, double amount, String units) {
      Bars bars = CsvFiles.read(market(25, volume, amount, 25));
      assertThat(bars.panel().value(Field.VOLUME, 0, 3)).isEqualTo(20_000);
      assertThat(bars.panel().value(Field.AMOUNT, 0, 3)).isEqualTo(200_000);
      assertThat(of(bars, "volume-and-amount-unit")).singleElement().satisfies(f -> {
        assertThat(f.severity()).isEqualTo(QualitySeverity.INFO);
        assertThat(f.message()).contains(units, "25 of 25");
      });
    }

    @Test
    void whenOneRowIsWrong_thenItStaysWrongForTheQualityReport() {
      Bars bars = CsvFiles.read(market(40, 200, 200, 39));
      assertThat(bars.panel().value(Field.VOLUME, 0, 39)).isEqualTo(20_000);
      assertThat(bars.panel().value(Field.AMOUNT, 0, 39)).isEqualTo(200_000 * 37);
    }

    @Test
    void whenTooFewRowsTell_thenTakenAsTheyAreAndTold() {
      Bars bars = CsvFiles.read(market(19, 200, 200, 19));
      assertThat(bars.panel().value(Field.VOLUME, 0, 3)).isEqualTo(200);
      assertThat(of(bars, "volume-and-amount-unit"))
          .singleElement()
          .satisfies(f -> assertThat(f.message()).contains("as nothing tells", "19 rows"));
    }

    @Test
    void whenNoUnitFits_thenAWarning() {
      Bars bars = CsvFiles.read(market(30, 200, 200, 10));
      assertThat(bars.panel().value(Field.VOLUME, 0, 3)).isEqualTo(200);
      assertThat(of(bars, "volume-and-amount-unit"))
          .singleElement()
          .satisfies(f -> assertThat(f.severity()).isEqualTo(QualitySeverity.WARNING));
    }

    @Test
    void whenGiven_thenTaken() {
      Panel panel = CsvBarReader.builder(market(3, 200, 200, 3))
          .volumeUnit(VolumeUnit.LOTS)
          .amountUnit(AmountUnit.THOUSAND_YUAN)
          .build()
          .read(BarQuery.ALL)
          .panel();
      assertThat(panel.value(Field.VOLUME, 0, 0)).isEqualTo(20_000);
      assertThat(panel.value(Field.AMOUNT, 0, 0)).isEqualTo(200_000);
    }
  }

  @Nested
  class Adjustments {
    private Path adjusted(String header, double[][] rows) {
      StringBuilder text =
          new StringBuilder("code,date,open,high,low,close,volume" + header + "\n");
      for (int i = 0; i < rows.length; i++) {
        double close = rows[i][0];
        text.append("600519.SH,")
            .append(LocalDate.of(2025, 1, 1).plusDays(i))
            .append(String.format(Locale.ROOT, ",%1$s,%1$s,%1$s,%1$s,100", close));
        for (int k = 1; k < rows[i].length; k++) {
          text.append(',').append(rows[i][k]);
        }
        text.append('\n');
      }
      return write(folder, "adjusted.csv", text.toString());
    }

    private Adjustment found(String header, double[][] rows) {
      Bars bars = CsvFiles.read(adjusted(header, rows));
      assertThat(of(bars, "price-adjustment")).hasSize(1);
      return bars.panel().adjustment();
    }

    @Test
    void whenTheColumnsTell_thenFoundOut() {
      String both = ",factor,raw_close";
      assertThat(found("", new double[][] {{10}, {11}})).isEqualTo(Adjustment.RAW);
      assertThat(found(both, new double[][] {{10, 0.5, 10}, {5, 1, 5}})).isEqualTo(Adjustment.RAW);
      assertThat(found(both, new double[][] {{10, 1, 10}, {11, 1, 11}})).isEqualTo(Adjustment.RAW);
      assertThat(found(both, new double[][] {{5, 0.5, 10}, {5, 1, 5}}))
          .isEqualTo(Adjustment.FORWARD);
      assertThat(found(both, new double[][] {{5, 0.5, 10}, {4, 0.8, 5}}))
          .isEqualTo(Adjustment.FORWARD);
      assertThat(found(both, new double[][] {{10, 1, 10}, {10, 2, 5}}))
          .isEqualTo(Adjustment.BACKWARD);
      assertThat(found(",factor", new double[][] {{10, 1}, {10, 1}})).isEqualTo(Adjustment.RAW);
    }

    @Test
    void whenARowContradicts_thenItIsNamed() {
      Path neither = adjusted(",factor,raw_close", new double[][] {{5, 0.5, 10}, {7, 0.8, 5}});
      assertRefused(
          () -> CsvFiles.read(neither),
          ErrorCode.DATA_FORMAT,
          "adjusted.csv, line 3",
          "2025-01-02");
      Path mixed = adjusted(",factor,raw_close", new double[][] {{5, 0.5, 10}, {8, 0.5, 8}});
      assertRefused(() -> CsvFiles.read(mixed), ErrorCode.DATA_FORMAT, "line 3", "adjustment");
    }

    @Test
    void whenOnlyAFactorIsThere_thenTheCallerIsAsked() {
      Path file = adjusted(",adj_factor", new double[][] {{10, 2}, {10, 3}});
      assertRefused(
          () -> CsvFiles.read(file),
          ErrorCode.DATA_FORMAT,
          "adjusted.csv",
          "RAW, FORWARD or BACKWARD");
      for (Adjustment known : Adjustment.values()) {
        Panel panel = CsvBarReader.builder(file)
            .adjustment(known)
            .build()
            .read(BarQuery.ALL)
            .panel();
        assertThat(panel.adjustment()).isEqualTo(known);
        assertThat(panel.value(Field.FACTOR, 0, 1)).isEqualTo(3);
      }
      assertThat(CsvFiles.readGeneric(file).panel().adjustment()).isEqualTo(Adjustment.BACKWARD);
    }

    @Test
    void whenPricesAreAdjusted_thenUnitsAreFoundFromRawPrices() {
      StringBuilder text =
          new StringBuilder("code,date,open,high,low,close,volume,amount,factor,raw_close\n");
      for (int i = 0; i < 30; i++) {
        text.append("600519.SH,")
            .append(LocalDate.of(2025, 1, 1).plusDays(i))
            .append(",1,1.01,0.99,1,200,200,")
            .append(i < 29 ? "0.1,10\n" : "1,1\n");
      }
      Bars bars = CsvFiles.read(write(folder, "adjusted.csv", text.toString()));
      assertThat(bars.panel().value(Field.VOLUME, 0, 0)).isEqualTo(20_000);
      assertThat(bars.panel().value(Field.AMOUNT, 0, 0)).isEqualTo(200_000);
    }
  }
}
