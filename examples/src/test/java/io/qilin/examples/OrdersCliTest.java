package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code orders} on two shares and a small account. */
class OrdersCliTest {
  @TempDir
  private Path folder;

  private Path bars;
  private Path signal;

  @BeforeEach
  void write() throws IOException {
    bars = Files.writeString(folder.resolve("bars.csv"), """
        datetime,instrument,open,high,low,close,volume,amount,pre_close
        2024-01-02,SH600519,10.00,10.00,10.00,10.00,10000000,100000000,10.00
        2024-01-03,SH600519,10.00,10.50,10.00,10.50,10000000,102000000,10.00
        2024-01-02,SZ000001,20.00,20.00,20.00,20.00,10000000,200000000,20.00
        2024-01-03,SZ000001,20.00,20.00,20.00,20.00,10000000,200000000,20.00
        2024-01-04,SH600519,99.00,99.00,99.00,99.00,10000000,990000000,10.50
        """);
    signal = Files.writeString(
        folder.resolve("signal.csv"),
        "datetime,instrument,score\n2024-01-03,SH600519,-1\n2024-01-03,SZ000001,1\n");
  }

  private Cli run(String portfolio, String more) throws IOException {
    Path file = Files.writeString(folder.resolve("portfolio.csv"), portfolio);
    return Cli.run(
        ("orders --bars " + bars + " --signal " + signal + " --portfolio " + file + " " + more)
            .split(" +"));
  }

  private static final String OWNED =
      "instrument,shares,cost,sellable_from\nCASH,,100000,\nSH600519,1000,9000.00,2024-01-03\n";

  @Test
  void whenTheSignalTurned_thenTheOldShareIsSoldAndTheNewOneBought() throws IOException {
    Cli run = run(OWNED, "--date 2024-01-03 --topk 1 --drop 1");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .hasSize(3)
        .anySatisfy(
            line -> assertThat(line).startsWith("2024-01-04,SH600519,sell,1000,10.29,9.45,11.55,"))
        .anySatisfy(line -> assertThat(line).startsWith("2024-01-04,SZ000001,buy,"));
    assertThat(run.out()).contains("single:");
    assertThat(run.err()).contains("2 orders for 2024-01-04, 1 of them blocked");
  }

  @Test
  void whenANoticeSaysThatAShareIsWarned_thenItsLimitsAreNarrow() throws IOException {
    Path extra = Files.createDirectory(folder.resolve("extra"));
    Files.writeString(extra.resolve("status-notices.csv"), """
        status.symbol,status.from,status.board,status.name,status.riskWarning,asOf
        600519.SH,2024-01-04,SSE_MAIN,ST酒,ST,2024-01-03T18:00:00+08:00
        000001.SZ,2024-01-04,SZSE_MAIN,ST平,ST,2024-01-04T00:00:01+08:00
        """);
    Cli run = run(OWNED, "--date 2024-01-03 --topk 1 --drop 1 --extra " + extra);

    assertThat(run.code()).as(run.err()).isZero();
    // 10.50 ± 5 %; what was announced after the day of the decision is not known
    assertThat(run.out())
        .contains("2024-01-04,SH600519,sell,1000,10.29,9.98,11.03,")
        .contains(",18,22,");
    assertThat(run.err()).doesNotContain("bars do not say");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "instrument,shares | the header is",
        "instrument,shares,cost,sellable_from/SH600519,1,1, | no row CASH",
        "instrument,shares,cost,sellable_from/CASH,,x, | row 2",
        "instrument,shares,cost,sellable_from/CASH,,1,/SH600519,-5,1, | row 3",
        "instrument,shares,cost,sellable_from/CASH,,1,/SH600519,5,1,yesterday | row 3",
      })
  void whenThePortfolioIsWrong_thenTheRowIsNamed(String text, String message) throws IOException {
    Cli run = run(text.replace('/', '\n'), "--date 2024-01-03");

    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("QILIN-2003").contains(message).contains("portfolio.csv");
  }

  @Test
  void whenTheDateIsAHoliday_thenTheNearestTradingDaysAreNamed() throws IOException {
    Cli run = run(OWNED, "--date 2024-01-01");

    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("QILIN-2004").contains("2023-12-29").contains("2024-01-02");
  }

  @Test
  void whenTheProfileIsUnknown_thenTheUsageSaysWhich() throws IOException {
    Cli run = run(OWNED, "--date 2024-01-03 --profile brave");

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("conservative, moderate or aggressive");
  }
}
