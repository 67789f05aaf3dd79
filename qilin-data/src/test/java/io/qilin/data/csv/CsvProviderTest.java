package io.qilin.data.csv;

import static io.qilin.data.csv.CsvFiles.assertRefused;
import static io.qilin.data.csv.CsvFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.testkit.MarketDataProviderTck;
import io.qilin.testkit.Panels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvProviderTest extends MarketDataProviderTck {
  @TempDir
  Path folder;

  @Override
  protected MarketDataProvider provider() {
    return new CsvProvider();
  }

  @Override
  protected Map<String, String> settings() {
    String text = CsvFiles.HEADER + CsvFiles.ROW;
    for (int day = 16; day < 20; day++) {
      text += CsvFiles.ROW.replace("-15,", "-" + day + ",").replace("1510", "15" + day);
      text += CsvFiles.ROW.replace("-15,", "-" + day + ",").replace("600519.SH", "000001.SZ");
    }
    return Map.of("path", write(folder, "bars.csv", text).toString());
  }

  @Test
  void whenAllSettingsAreGiven_thenAllAreFollowed() {
    Path data = write(
        folder,
        "all.csv",
        "who,when,px,vol,amount,junk\nSH600519,2025-01-15,10,2,3,x%\n",
        java.nio.charset.Charset.forName("GB18030"));
    Map<String, String> settings = new HashMap<>();
    settings.put("path", data.toString());
    settings.put("profile", "generic");
    settings.put("charset", "gbk");
    settings.put("adjustment", "backward");
    settings.put("volumeUnit", "lots");
    settings.put("amountUnit", "ten-thousand-yuan");
    settings.put("calendar", write(folder, "cal.txt", "2025-01-15\n").toString());
    settings.put(
        "instruments",
        write(folder, "i.txt", "SH600519\t2025-01-15\t2025-01-15\n").toString());
    settings.put("offCalendar", "report");
    settings.put("instrumentColumn", "who");
    settings.put("dateColumn", "when");
    settings.put("require", "close, volume");
    settings.put("ignore", "junk");
    settings.put("column.px", "close");
    try (MarketDataSource source = new CsvProvider().open(settings)) {
      var panel = source.bars(BarQuery.ALL).panel();
      assertThat(panel.adjustment()).isEqualTo(Adjustment.BACKWARD);
      assertThat(panel.value(Field.CLOSE, 0, 0)).isEqualTo(10);
      assertThat(panel.value(Field.VOLUME, 0, 0)).isEqualTo(200);
      assertThat(panel.value(Field.AMOUNT, 0, 0)).isEqualTo(30_000);
    }
  }

  @Test
  void whenASettingIsWrong_thenWhatIsRightIsTold() {
    refused(Map.of(), "'path' is missing");
    refused(Map.of("path", "x.csv", "volumUnit", "lots"), "volumUnit", "did you mean 'volumeUnit'");
    refused(Map.of("path", "x.csv", "volumeUnit", "hands"), "'hands'", "shares, lots");
    refused(Map.of("path", "x.csv", "adjustment", "qfq"), "'qfq'", "raw, backward, forward");
    refused(Map.of("path", "x.csv", "profile", "us"), "'us'", "a-share or generic");
    refused(Map.of("path", "x.csv", "charset", "latin1"), "latin1", "GB18030");
    refused(Map.of("path", "x.csv", "column.px", "a b"), "'a b'");
    refused(Map.of("path", "bad\0name"), "path");
    refused(Map.of("path", " "), "blank");
  }

  private static void refused(Map<String, String> settings, String... parts) {
    assertRefused(() -> new CsvProvider().open(settings), ErrorCode.INVALID_CONFIGURATION, parts);
  }

  @Test
  void whenAPanelIsWritten_thenTheProviderReadsItBack() {
    var panel = Panels.closes(1, 2, 3);
    Path file = folder.resolve("own.csv.gz");
    CsvBarWriter.write(file, panel);
    try (MarketDataSource source =
        new CsvProvider().open(Map.of("path", file.toString(), "profile", "generic"))) {
      assertThat(Panels.difference(panel, source.bars(BarQuery.ALL).panel())).isEmpty();
    }
  }
}
