package io.qilin.data.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Side;
import io.qilin.core.monitor.BacktestMonitor;
import io.qilin.core.monitor.HistoryFilter;
import io.qilin.core.monitor.MetricSink;
import io.qilin.core.monitor.MonitorJson;
import io.qilin.core.monitor.PortfolioValue;
import io.qilin.core.monitor.TradeEvent;
import io.qilin.data.arrow.ArrowRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorFilesTest {
  private static final Instant AT = Instant.parse("2024-01-02T07:00:00Z");
  private static final List<TradeEvent> TRADES = List.of(
      new TradeEvent(AT, "=cmd|' /C calc'!A0", Symbol.parse("600519.SH"), Side.BUY, 10.5, 100),
      new TradeEvent(AT, "topk,\"5\"", Symbol.parse("000001.SZ"), Side.SELL, 9.25, 12.5));
  private static final List<PortfolioValue> VALUES =
      List.of(new PortfolioValue(AT, "@topk", 1000.25, -3, 2));

  @TempDir
  Path folder;

  @Test
  void whenTradesAreWrittenAsCsv_thenNoCellIsAFormula() throws IOException {
    Path file = folder.resolve("trades.csv");
    MonitorFiles.trades(file, TRADES);
    assertThat(Files.readString(file)).isEqualTo("""
            at,strategy,symbol,action,price,quantity
            2024-01-02T07:00:00Z,'=cmd|' /C calc'!A0,600519.SH,BUY,10.5,100
            2024-01-02T07:00:00Z,"topk,""5""\",000001.SZ,SELL,9.25,12.5
            """);
  }

  @Test
  void whenValuesAreWrittenAsCsv_thenNoCellIsAFormula() throws IOException {
    Path file = folder.resolve("values.CSV");
    MonitorFiles.values(file, VALUES);
    assertThat(Files.readString(file)).isEqualTo("""
            at,strategy,value,cash,positions
            2024-01-02T07:00:00Z,'@topk,1000.25,-3,2
            """);
  }

  @Test
  void whenWrittenAsArrow_thenArrowReadsThem() throws IOException {
    Path trades = folder.resolve("trades.arrow");
    Path values = folder.resolve("values.arrow");
    MonitorFiles.trades(trades, TRADES);
    MonitorFiles.values(values, VALUES);
    long nanos = AT.getEpochSecond() * 1_000_000_000;
    assertThat(ArrowRead.of(trades).batches())
        .containsExactly(List.of(
            List.of(nanos, nanos),
            List.of("=cmd|' /C calc'!A0", "topk,\"5\""),
            List.of("600519.SH", "000001.SZ"),
            List.of("BUY", "SELL"),
            List.of(10.5, 9.25),
            List.of(100.0, 12.5)));
    assertThat(ArrowRead.of(values).batches())
        .containsExactly(List.of(
            List.of(nanos), List.of("@topk"), List.of(1000.25), List.of(-3.0), List.of(2L)));
  }

  @Test
  void whenWrittenAsJson_thenItIsTheText() throws IOException {
    BacktestMonitor monitor = new BacktestMonitor(MetricSink.NONE);
    TRADES.forEach(monitor::record);
    VALUES.forEach(monitor::record);
    Path file = folder.resolve("monitor.json");
    MonitorFiles.json(file, monitor, HistoryFilter.ALL);
    assertThat(Files.readString(file)).isEqualTo(MonitorJson.of(monitor, HistoryFilter.ALL));
  }

  @Test
  void whenTheNameSaysNoForm_thenItIsRefused() {
    assertThatThrownBy(() -> MonitorFiles.trades(folder.resolve("trades.xls"), TRADES))
        .isInstanceOfSatisfying(QilinException.class, e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
          assertThat(e).hasMessageContaining(".csv, .csv.gz or .arrow");
        });
    assertThat(folder).isEmptyDirectory();
  }
}
