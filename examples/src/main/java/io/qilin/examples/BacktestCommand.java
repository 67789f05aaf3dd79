package io.qilin.examples;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.money.Money;
import io.qilin.api.source.Bars;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.core.backtest.Backtest;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.BacktestRun;
import io.qilin.core.backtest.Benchmark;
import io.qilin.core.backtest.ExchangeSettings;
import io.qilin.core.backtest.FillMode;
import io.qilin.core.backtest.QlibBacktest;
import io.qilin.core.backtest.Signal;
import io.qilin.core.backtest.TopkDropout;
import io.qilin.core.backtest.report.TearSheet;
import io.qilin.core.performance.Performance;
import io.qilin.core.performance.PerformanceSettings;
import io.qilin.core.performance.TrialCount;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backtest}: what following a signal would have brought. */
@Command(
    name = "backtest",
    description = {
      "Trades a signal by Qlib's rule TopkDropout and reports every day. The signal of one day trades on the next.",
      "",
      "--mode exact fills orders by the dated rules of the exchanges, in exact money. --mode qlib repeats a run of"
          + " Qlib: its account, cost rates and one flat limit.",
      "",
      "Writes report.csv, trades.csv, blocked.csv, positions.csv, risk.json, tear-sheet.html and tear-sheet.json, with"
          + " --mode exact also journal.csv, to the folder --out.",
      ""
    },
    footer = {
      "",
      "Example: qilin backtest --bars bars.csv.gz --factor 'Ref($close,5)/$close' --mode exact --topk 50 --drop 5"
          + " --start 2016-01-04 --end 2020-08-28 --account 1e8 --out run"
    })
final class BacktestCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin
  private BarsOptions bars = new BarsOptions();

  @Mixin
  private ExtraOptions extra = new ExtraOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private SignalOptions signal = new SignalOptions();

  @Option(
      names = "--mode",
      required = true,
      paramLabel = "exact|qlib",
      description = "By which rules.")
  private Mode mode = Mode.EXACT;

  @Mixin
  private TopkOptions topk = new TopkOptions();

  @Option(
      names = "--start",
      required = true,
      paramLabel = "DATE",
      converter = RecommendCommand.Day.class,
      description = "First session.")
  private LocalDate start = LocalDate.EPOCH;

  @Option(
      names = "--end",
      required = true,
      paramLabel = "DATE",
      converter = RecommendCommand.Day.class,
      description = "Last session.")
  private LocalDate end = LocalDate.EPOCH;

  @Option(
      names = "--account",
      paramLabel = "YUAN",
      description = "Money at the start; 1e8 unless given.")
  private BigDecimal account = new BigDecimal("1e8");

  @Option(
      names = "--deal",
      paramLabel = "close|open|vwap",
      description = "The price of trades; close unless given.")
  private Deal deal = Deal.CLOSE;

  @Option(
      names = "--open-cost",
      paramLabel = "RATE",
      description = "Cost of a purchase, with --mode qlib; 0.0005 unless given.")
  private Optional<Double> openCost = Optional.empty();

  @Option(
      names = "--close-cost",
      paramLabel = "RATE",
      description = "Cost of a sale, with --mode qlib; 0.0015 unless given.")
  private Optional<Double> closeCost = Optional.empty();

  @Option(
      names = "--min-cost",
      paramLabel = "YUAN",
      description = "Least cost of a trade, with --mode qlib; 5 unless given.")
  private Optional<Double> minCost = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "FRACTION",
      description = "The flat price limit, with --mode qlib; 0.095 unless given.")
  private Optional<Double> limit = Optional.empty();

  @Option(
      names = "--lot",
      paramLabel = "SHARES",
      description =
          "Shares of a lot, with --mode qlib; 100 unless given, 0 for any fraction of a share.")
  private Optional<Integer> lot = Optional.empty();

  @Option(
      names = "--fill",
      paramLabel = "pessimistic|neutral|optimistic",
      description = "Fills at a sealed price limit, with --mode exact; pessimistic unless given.")
  private Optional<FillMode> fill = Optional.empty();

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "How many variants were tried until this one, itself included; 1 unless given.")
  private int trials = 1;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to write the report.")
  private Path out = Path.of("");

  BacktestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** By which rules. */
  enum Mode {
    EXACT,
    QLIB
  }

  /** At which price. */
  enum Deal {
    CLOSE(ExecutionPhase.CLOSING_AUCTION),
    OPEN(ExecutionPhase.OPENING_AUCTION),
    VWAP(ExecutionPhase.CONTINUOUS);

    final ExecutionPhase phase;

    Deal(ExecutionPhase phase) {
      this.phase = phase;
    }

    Field field() {
      return Field.of(typed(this));
    }
  }

  @Override
  public Integer call() {
    checkOptions();
    Bars read = bars.readShares();
    Messages.readingFindings(terminal, read);
    Signal scores = signal.scores(read.panel());
    BacktestFiles files = new BacktestFiles(out);
    BacktestReport report;
    if (mode == Mode.EXACT) {
      BacktestRun run = exact(read.panel(), scores);
      report = run.report();
      files.journal(run);
    } else {
      report = qlib(read.panel(), scores);
    }
    files.report(report);
    TearSheet sheet = sheet(report);
    files.sheet(sheet);
    terminal.out().print(sheet.text());
    terminal.say("written: " + out);
    return ExitCode.DONE;
  }

  private TearSheet sheet(BacktestReport report) {
    PerformanceSettings like =
        mode == Mode.QLIB ? PerformanceSettings.QLIB : PerformanceSettings.DEFAULT;
    PerformanceSettings settings =
        like.toBuilder().trials(new TrialCount(trials, Double.NaN)).build();
    return TearSheet.builder(report, Performance.of(report, settings))
        .title("Backtest by " + (mode == Mode.QLIB ? "Qlib's rules" : "the exchanges' rules"))
        .build();
  }

  private BacktestRun exact(Panel panel, Signal scores) {
    TopkDropout rule = topk.rule(spec).phase(deal.phase).build();
    return Backtest.builder(panel, rule.on(scores))
        .name(rule.toString())
        .period(start, end)
        .account(Money.ofYuan(account))
        .statusNotices(extra.statusNotices(end))
        .actionNotices(extra.actionNotices(end))
        .exchange(ExchangeSettings.DEFAULT.fillMode(fill.orElse(FillMode.PESSIMISTIC)))
        .benchmark(Benchmark.equalWeight())
        .progress(terminal.progress("backtest"))
        .build()
        .run();
  }

  private BacktestReport qlib(Panel panel, Signal scores) {
    QlibBacktest.Builder builder = QlibBacktest.builder(
            panel, scores, topk.rule(spec).build(), start, end)
        .account(account.doubleValue())
        .dealPrice(deal.field())
        .progress(terminal.progress("backtest"))
        .benchmark(Benchmark.equalWeight());
    openCost.ifPresent(builder::openCost);
    closeCost.ifPresent(builder::closeCost);
    minCost.ifPresent(builder::minCost);
    limit.ifPresent(builder::limitThreshold);
    lot.filter(shares -> shares > 0).ifPresent(builder::tradeUnit);
    lot.filter(shares -> shares == 0).ifPresent(none -> builder.withoutLots());
    return builder.build().run();
  }

  private void checkOptions() {
    if (signal.isMissing()) {
      throw wrong("give the scores with --signal FILE.csv or --factor EXPR");
    }
    if (end.isBefore(start)) {
      throw wrong("--end " + end + " is before --start " + start);
    }
    if (account.signum() <= 0 || account.precision() - account.scale() > 15) {
      throw wrong("--account is a positive number of yuan below 1e15, was " + account);
    }
    boolean qlibOnly =
        Stream.of(openCost, closeCost, minCost, limit, lot).anyMatch(Optional::isPresent);
    if (mode == Mode.EXACT && (qlibOnly || topk.forQlibOnly())) {
      throw wrong("--open-cost, --close-cost, --min-cost, --limit, --lot, --only-tradable and"
          + " --no-forbid-all-trade-at-limit belong to --mode qlib; the exact mode takes fees, limits"
          + " and lots from the rule book");
    }
    if (mode == Mode.QLIB && (fill.isPresent() || extra.isGiven())) {
      throw wrong("--fill and --extra belong to --mode exact");
    }
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw wrong("--out names a file; name a folder");
    }
    if (lot.filter(shares -> shares < 0).isPresent()) {
      throw wrong("--lot is a number of shares, or 0 for none, was " + lot.get());
    }
    if (trials < 1) {
      throw wrong("--trials counts this run as well, was " + trials);
    }
    if (topk.isWrong()) {
      throw wrong("--topk is at least 1 and --drop from 0 to --topk");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** The name of a mode as it is typed. */
  static String typed(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A wrong value of an option as a usage error. */
  static ParameterException usage(CommandSpec spec, QilinException e) {
    String message = String.valueOf(e.getMessage());
    return new ParameterException(spec.commandLine(), message.substring(message.indexOf(' ') + 1));
  }
}
