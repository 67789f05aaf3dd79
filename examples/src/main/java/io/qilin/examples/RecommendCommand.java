package io.qilin.examples;

import io.qilin.agents.analyst.Preset;
import io.qilin.agents.desk.DecisionRecordJson;
import io.qilin.agents.desk.DeskResult;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.source.Bars;
import io.qilin.core.risk.RiskSettings;
import io.qilin.data.calendar.AShareCalendar;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code recommend}: lets the desk decide in the evening of a day. */
@Command(
    name = "recommend",
    description = {
      "Lets the analysts judge the evening of a day and prints what to buy in the next session, best first:"
          + " rank, share, score, confidence, session, order, reasons and counter-arguments. Nothing after the day is read. There may be no"
          + " line, if nothing is good or safe enough; the error stream says why.",
      "",
      "The bars are those of A-shares with a column factor (adjusted price / raw price), raw or adjusted.",
      ""
    },
    footer = {
      "",
      "Example: qilin recommend --bars bars.csv.gz --date 2020-08-28 --record decision.json"
    })
final class RecommendCommand implements Callable<Integer> {
  private static final int MOST = 100;

  private final Terminal terminal;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin
  private BarsOptions bars = new BarsOptions();

  @Mixin
  private ExtraOptions extra = new ExtraOptions();

  @Mixin
  private LanguageOption language = new LanguageOption();

  @Option(
      names = "--date",
      required = true,
      paramLabel = "DATE",
      converter = Day.class,
      description = "The trading day in whose evening to decide, for example 2020-08-28.")
  private LocalDate date = LocalDate.EPOCH;

  @Option(
      names = "--require-status",
      description =
          "Recommends only shares that are known to carry no risk warning (ST). Bars alone do not tell, so"
              + " that without --extra nothing is recommended.")
  private boolean requireStatus;

  @Option(
      names = "--record",
      paramLabel = "FILE.json",
      description = "Writes the decision record, which 'qilin replay' can repeat.")
  private Optional<Path> record = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "The most shares to recommend; 2 unless given.")
  private int top = 2;

  RecommendCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (top < 1 || top > MOST) {
      throw new ParameterException(spec.commandLine(), "--top is 1 to " + MOST + ", was " + top);
    }
    TradingCalendar calendar = AShareCalendar.load();
    calendar.require(date);
    Bars read = bars.readShares();
    Messages.readingFindings(terminal, read);
    Map<Symbol, SecurityTimeline> securities = extra.securities(date);
    MarketSnapshot bare = Snapshots.of(read, securities, date);
    MarketSnapshot snapshot = bare.withRecords(extra.records(bare.asOf()));
    RiskSettings risk =
        RiskSettings.moderate().toBuilder().requireStatus(requireStatus).build();
    DeskResult result =
        ResearchDesk.standard(Preset.STANDARD).top(top).risk(risk).build().run(snapshot, calendar);
    if (!requireStatus && !extra.knowsStatus()) {
      terminal.say(
          "warning: the bars do not say which shares carry a risk warning (ST); check before you buy");
    }
    result
        .recommendations()
        .forEach(pick -> terminal
            .out()
            .print(
                DecisionView.line(result.record(), pick, securities, language.language()) + "\n"));
    terminal.say(result.summary());
    record.ifPresent(file -> {
      WholeFile.write(file, DecisionRecordJson.write(result.record()));
      terminal.say("decision record written to " + file);
    });
    return ExitCode.DONE;
  }

  /** Reads a date. */
  static final class Day implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "not a date like 2020-08-28: " + QilinException.quote(text));
      }
    }
  }
}
