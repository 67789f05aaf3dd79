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

/** The command {@code backtest}: one share over three days, and wrong usage. */
class BacktestCliTest {
  private static final String BARS = """
      datetime,instrument,open,high,low,close,volume,amount,pre_close
      2024-01-02,SH600519,10.00,10.00,10.00,10.00,1000000,10000000,10.00
      2024-01-03,SH600519,10.00,10.50,10.00,10.50,1000000,10200000,10.00
      2024-01-04,SH600519,10.50,11.00,10.50,11.00,1000000,10800000,10.50
      """;

  @TempDir
  private Path folder;

  private Path bars;
  private Path signal;

  @BeforeEach
  void write() throws IOException {
    bars = Files.writeString(folder.resolve("bars.csv"), BARS);
    signal = Files.writeString(
        folder.resolve("signal.csv"), "datetime,instrument,score\n2024-01-02,SH600519,1\n");
  }

  private Cli run(String more) {
    String all = "backtest --bars " + bars + " --start 2024-01-02 --end 2024-01-04 --out "
        + folder.resolve("out") + " --topk 1 --drop 0 " + more;
    return Cli.run(all.split(" +"));
  }

  @Test
  void whenASignalIsTraded_thenTheFilesTellTheStory() throws IOException {
    Cli run = run("--mode exact --account 100000 --signal " + signal);

    assertThat(run.code()).as(run.err()).isZero();
    // 95 % of 100 000 at the last close of 10.00 are 9 500 shares, bought at 10.50
    assertThat(Files.readString(folder.resolve("out/trades.csv")))
        .contains("2024-01-03,SH600519,buy,9500,10.5,99750,25.94,");
    // 9 500 × 11.00 + 100 000 − 99 750 − 25.94
    assertThat(Files.readString(folder.resolve("out/report.csv")))
        .contains("2024-01-04,104724.06,");
    assertThat(folder.resolve("out/positions.csv")).exists();
    assertThat(folder.resolve("out/risk.json")).exists();
  }

  @Test
  void whenADividendIsKnown_thenItIsBooked() throws IOException {
    Path extra = Files.createDirectory(folder.resolve("extra"));
    Files.writeString(extra.resolve("corporate-actions.csv"), """
        action.symbol,action.exDate,action.cashPerShare,asOf
        600519.SH,2024-01-04,0.01,2024-01-02T18:00:00+08:00
        """);
    Cli run = run("--mode exact --account 100000 --signal " + signal + " --extra " + extra);

    assertThat(run.code()).as(run.err()).isZero();
    // 9 500 shares, 0.01 yuan each
    assertThat(Files.readString(folder.resolve("out/journal.csv")))
        .contains("2024-01-04")
        .containsPattern("(?i)dividend.*95");
    Cli qlib = run("--mode qlib --signal " + signal + " --extra " + extra);
    assertThat(qlib.code()).isEqualTo(ExitCode.USAGE);
    assertThat(qlib.err()).contains("--extra");
  }

  @Test
  void whenAStatusIsPublishedAfterASession_thenItDoesNotJudgeIt() throws IOException {
    Path extra = Files.createDirectory(folder.resolve("extra"));
    Path late = extra.resolve("status-notices.csv");
    String notice = """
        status.symbol,status.from,status.board,status.name,status.riskWarning,status.listDate,asOf
        600519.SH,2024-01-02,SSE_MAIN,ST酒,ST,2024-01-04,2024-01-%s:00:00+08:00
        """;
    Files.writeString(late, notice.formatted("04T12"));
    Cli unknown = run("--mode exact --account 100000 --signal " + signal + " --extra " + extra);
    String bought = Files.readString(folder.resolve("out/trades.csv"));
    Files.writeString(late, notice.formatted("02T12"));
    Cli known = run("--mode exact --account 100000 --signal " + signal + " --extra " + extra);

    assertThat(unknown.code()).as(unknown.err()).isZero();
    assertThat(bought).contains("2024-01-03,SH600519,buy,9500,10.5,99750,25.94,");
    assertThat(known.code()).as(known.err()).isZero();
    assertThat(Files.readString(folder.resolve("out/blocked.csv")))
        .contains("2024-01-03,SH600519,buy,9500")
        .contains("not listed on 2024-01-03");
  }

  @Test
  void whenRecordsAreWrong_thenFileLineAndFieldAreSaid() throws IOException {
    Path extra = Files.createDirectory(folder.resolve("extra"));
    Files.writeString(
        extra.resolve("corporate-actions.csv"),
        "action.symbol,action.exDate,action.cashPerShare,asOf\n600519.SH,2024-01-04,x,\n");
    Cli run = run("--mode exact --account 100000 --signal " + signal + " --extra " + extra);

    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err())
        .contains("corporate-actions.csv, line 2, field 'action.cashPerShare': this is a decimal");
  }

  @Test
  void whenAFactorIsTheSignal_thenItIsComputedFromTheBars() throws IOException {
    Cli run = run("--mode exact --account 100000 --deal open --factor $close");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(folder.resolve("out/trades.csv")))
        .contains("2024-01-03,SH600519,buy,9500,10,95000,24.7,");
  }

  @ParameterizedTest
  @CsvSource({
    "--mode exact --factor $close --open-cost 0.001, belong to --mode qlib",
    "--mode exact --factor $close --lot 0, belong to --mode qlib",
    "--mode qlib --factor $close --fill neutral, --fill and --extra belong to --mode exact",
    "--mode qlib --factor $close --account -1, --account is a positive number",
    "--mode fast --factor $close, '--mode'",
    "--mode qlib, --signal",
    "--mode qlib --factor $close --risk-degree 2, risk",
  })
  void whenTheUsageIsWrong_thenItSaysHow(String options, String message) {
    Cli run = run(options);

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "--mode exact --factor $close/, QILIN-2100",
    "--mode exact --signal missing.csv, QILIN-2002",
    "--mode exact --factor $nothing, QILIN-2002",
  })
  void whenTheDataIsBad_thenOneLineNamesTheError(String options, String message) {
    Cli run = run(options);

    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains(message);
    assertThat(run.err().lines().filter(line -> line.contains("QILIN")).count()).isEqualTo(1);
  }

  @Test
  void whenTheEndIsNoTradingDay_thenTheNearestIsNamed() {
    Cli run = Cli.run(("backtest --bars " + bars + " --mode exact --factor $close --topk 1 --drop 0"
            + " --start 2024-01-02 --end 2024-01-06 --out " + folder.resolve("out"))
        .split(" +"));

    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("QILIN-2005").contains("2024-01-04");
  }
}
