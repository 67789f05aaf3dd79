package io.qilin.examples;

import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.source.Bars;
import io.qilin.data.calendar.AShareCalendar;
import io.qilin.data.quality.GateResult;
import io.qilin.data.quality.QualityGate;
import io.qilin.data.quality.QualityPolicy;
import io.qilin.data.quality.QualityReportJson;
import io.qilin.data.quality.StandardChecks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code quality}: judges bars and says by the exit code whether they may be used. */
@Command(
    name = "quality",
    description = {
      "Judges daily bars of A-shares: the report as JSON on the standard output, a summary on the error stream.",
      "",
      "Data is good if its overall score is known and at least 0.8 and nothing about it is critical. Exit code 4:"
          + " with --policy stop if the data is not good; with exclude if it is still not good without the instruments"
          + " that have errors; with mark never.",
      ""
    },
    footer = {
      "",
      "Example: qilin quality --bars bars.csv.gz --policy exclude > report.json",
      "Example: qilin quality --bars bars.csv.gz --as-of now",
      "Example: qilin quality --bars bars.parquet --rules rules.txt --report out"
    })
final class QualityCommand implements Callable<Integer> {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final LocalTime EVENING = LocalTime.of(18, 0);

  private final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin
  private BarsOptions bars = new BarsOptions();

  @Option(
      names = "--policy",
      paramLabel = "stop|exclude|mark",
      description = "What data that is not good is refused; stop unless given.")
  private Policy policy = Policy.STOP;

  @Option(
      names = "--as-of",
      paramLabel = "MOMENT",
      converter = Moment.class,
      description = "Judges timeliness too, as if it were then: now, 2024-12-31 (its evening) or"
          + " 2024-12-31T15:01:00+08:00. Without it the data is judged as of its own last evening.")
  private Optional<Instant> asOf = Optional.empty();

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description =
          "Judges one table file of any format by the rules of this file, one a line, instead of by"
              + " the standard checks of daily bars.")
  private Optional<Path> rules = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "With --rules: writes quality.html and quality.json into this folder.")
  private Optional<Path> report = Optional.empty();

  QualityCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What becomes of data that is not good. */
  private enum Policy {
    STOP,
    EXCLUDE,
    MARK
  }

  @Override
  public Integer call() {
    if (rules.isPresent()) {
      return new RulesRun(terminal, rules.get(), bars.path(), asOf, report)
          .call(policy == Policy.MARK);
    }
    if (report.isPresent()) {
      terminal.say("--report needs --rules");
      return ExitCode.USAGE;
    }
    Bars read = bars.readSharesToJudge();
    Instant now = asOf.orElseGet(() -> lastEvening(read));
    QualityInput input = new QualityInput(read, Map.of(), Optional.of(AShareCalendar.load()), now);
    QualityReport report = gate(QualityPolicy.CONTINUE_MARKED).judge(input);
    terminal.out().print(QualityReportJson.pretty(report) + "\n");
    terminal.err().print(QualityView.dimensions(report));
    if (QualityView.rules(report).size() > 0) {
      terminal.err().print("\n" + QualityView.rules(report));
    }
    terminal.err().print("\n");
    terminal.say(QualityView.summary(report));
    return verdict(report, input);
  }

  private int verdict(QualityReport report, QualityInput input) {
    boolean good = !report.alert()
        && report.findings().stream()
            .noneMatch(finding -> finding.severity() == QualitySeverity.CRITICAL);
    return switch (policy) {
      case STOP -> good ? ExitCode.DONE : refused("the data is not good enough");
      case MARK -> {
        if (!good) {
          terminal.say("the data is not good enough; what is made of it should be marked so");
        }
        yield ExitCode.DONE;
      }
      case EXCLUDE -> excluded(input);
    };
  }

  private int excluded(QualityInput input) {
    try {
      GateResult result = gate(QualityPolicy.EXCLUDE_SYMBOLS).apply(input);
      if (!result.excluded().isEmpty()) {
        terminal.say("left out: "
            + String.join(" ", result.excluded().stream().map(Object::toString).toList()));
      }
      return result.marked() ? refused("the rest is not good enough either") : ExitCode.DONE;
    } catch (QilinException e) {
      if (e.code() != ErrorCode.DATA_QUALITY) {
        throw e;
      }
      return refused("every instrument has errors");
    }
  }

  private int refused(String why) {
    terminal.say("refused by the policy: " + why);
    return ExitCode.FINDINGS;
  }

  private QualityGate gate(QualityPolicy act) {
    List<QualityCheck> checks = StandardChecks.all().stream()
        .filter(check -> asOf.isPresent() || !check.rule().equals("stale"))
        .toList();
    return QualityGate.builder().checks(checks).policy(act).build();
  }

  /** Not later than now, so that a row dated in the future is noticed. */
  private static Instant lastEvening(Bars read) {
    Instant evening = read.panel().lastDay().atTime(EVENING).atZone(SHANGHAI).toInstant();
    Instant now = Clock.systemUTC().instant();
    return evening.isBefore(now) ? evening : now;
  }

  /** Reads a moment. */
  private static final class Moment implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        if (text.equals("now")) {
          return Clock.systemUTC().instant();
        }
        return text.length() == 10
            ? LocalDate.parse(text).atTime(EVENING).atZone(SHANGHAI).toInstant()
            : OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "neither now, nor a date, nor a moment like 2024-12-31T15:01:00+08:00: "
                + QilinException.quote(text));
      }
    }
  }
}
