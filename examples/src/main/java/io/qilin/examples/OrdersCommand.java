package io.qilin.examples;

import io.qilin.api.market.Panel;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.source.Bars;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.backtest.NextOrder;
import io.qilin.core.backtest.NextOrders;
import io.qilin.core.backtest.Strategy;
import io.qilin.core.risk.RiskGate;
import io.qilin.core.risk.RiskSettings;
import io.qilin.data.calendar.AShareCalendar;
import io.qilin.data.csv.CsvTableWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code orders}: what to send in the next session. */
@Command(
    name = "orders",
    description = {
      "Prints the orders for the session after a day, as CSV, from the same rule that 'qilin backtest' trades:"
          + " what to send, at which limit price, why, and what would block it now.",
      "",
      "The portfolio is a CSV file with the columns instrument, shares, cost (yuan) and sellable_from, one row a lot,"
          + " and a row CASH whose cost is the cash.",
      ""
    },
    footer = {
      "",
      "Example: qilin orders --bars bars.csv.gz --signal scores.csv --date 2020-08-28 --portfolio account.csv"
    })
final class OrdersCommand implements Callable<Integer> {
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

  @Mixin
  private TopkOptions topk = new TopkOptions();

  @Option(
      names = "--date",
      required = true,
      paramLabel = "DATE",
      converter = RecommendCommand.Day.class,
      description = "The trading day in whose evening to decide, for example 2020-08-28.")
  private LocalDate date = LocalDate.EPOCH;

  @Option(
      names = "--portfolio",
      required = true,
      paramLabel = "FILE",
      description = "What the account owns.")
  private Path portfolio = Path.of("");

  @Option(
      names = "--profile",
      paramLabel = "conservative|moderate|aggressive",
      description = "The limits of the account; aggressive unless given.")
  private String profile = "aggressive";

  @Option(
      names = "--require-status",
      description =
          "Blocks shares that are not known to carry no risk warning (ST); bars alone do not tell.")
  private boolean requireStatus;

  @Option(
      names = "--deal",
      paramLabel = "close|open|vwap",
      description = "When in the session to trade; close unless given.")
  private BacktestCommand.Deal deal = BacktestCommand.Deal.CLOSE;

  OrdersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (signal.isMissing()) {
      throw wrong("give the scores with --signal FILE.csv or --factor EXPR");
    }
    if (topk.isWrong()) {
      throw wrong("--topk is at least 1 and --drop from 0 to --topk");
    }
    if (!List.of("conservative", "moderate", "aggressive").contains(profile)) {
      throw wrong("--profile is conservative, moderate or aggressive");
    }
    TradingCalendar calendar = AShareCalendar.load();
    LocalDate session = calendar.plus(calendar.require(date), 1);
    Portfolio owned = PortfolioFile.read(portfolio, date);
    Bars read = bars.readShares();
    Messages.readingFindings(terminal, read);
    Panel history = read.panel().until(date);
    Strategy strategy = topk.rule(spec).phase(deal.phase).build().on(signal.scores(history));
    RiskGate gate = RiskGate.standard(RiskSettings.builder(profile)
        .requireStatus(requireStatus)
        .continuous(deal.phase == ExecutionPhase.CONTINUOUS)
        .build());
    List<NextOrder> list = NextOrders.builder(strategy, gate)
        .securities(extra.securities(date))
        .build()
        .list(history, owned, session);
    print(list, session);
    if (!requireStatus && !extra.knowsStatus()) {
      terminal.say(
          "warning: the bars do not say which shares carry a risk warning (ST); check before you buy");
    }
    long blocked = list.stream().filter(order -> !order.sendable()).count();
    terminal.say(list.size() + " orders for " + session + ", " + blocked + " of them blocked");
    return ExitCode.DONE;
  }

  private void print(List<NextOrder> list, LocalDate session) {
    CsvTableWriter table = CsvTableWriter.on(
        terminal.out(),
        List.of(
            "session",
            "instrument",
            "side",
            "shares",
            "limit_price",
            "limit_down",
            "limit_up",
            "reason",
            "blocked_by"));
    for (NextOrder next : list) {
      table
          .day(session)
          .instrument(next.planned().symbol())
          .text(BacktestCommand.typed(next.planned().side()))
          .integer(next.planned().shares())
          .number(next.order().map(order -> order.price().doubleValue()).orElse(Double.NaN))
          .number(next.limits().map(limits -> limits.down()).orElse(Double.NaN))
          .number(next.limits().map(limits -> limits.up()).orElse(Double.NaN))
          .text(next.planned().reason())
          .text(blocks(next.blocks()))
          .endRow();
    }
    table.commit();
  }

  private static String blocks(List<RiskVerdict.Reject> blocks) {
    return blocks.stream()
        .map(block -> block.rule() + ": " + block.reason())
        .collect(Collectors.joining("; "));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
