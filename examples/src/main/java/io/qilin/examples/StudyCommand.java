package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.source.Bars;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorStudy;
import io.qilin.core.factor.Grouping;
import io.qilin.core.factor.MissingData;
import io.qilin.core.factor.StudySettings;
import io.qilin.core.factor.report.StudyReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code study}: how well factors rank instruments by what became of them. */
@Command(
    name = "study",
    description = {
      "Judges factors by what became of the instruments: IC and rank IC with their significance and decay, returns of"
          + " groups by factor, turnover, and what did not count and why. One buys at the close of the day after the"
          + " factor's and sells at the close so many trading days later.",
      "",
      "Prints tables. Writes study.json and tear-sheet.html, one page that opens offline, to the folder --out.",
      ""
    },
    footer = {
      "",
      "Example: qilin study --bars bars.csv.gz --factor '$close/Ref($close,5)-1' --horizons 1,5,10",
      "Example: qilin study --bars bars/ --set alpha158 --groups 10 --out study",
      "Example: qilin study --bars bars.csv --factor '$close/Ref($close,5)-1' --industry-file industries.csv"
    })
final class StudyCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 128;

  private final Terminal terminal;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin
  private BarsOptions bars = new BarsOptions();

  @ArgGroup(exclusive = false, multiplicity = "1")
  private What what = new What();

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Industry industry = new Industry();

  @Option(
      names = "--horizons",
      split = ",",
      paramLabel = "DAYS",
      description = "Trading days to hold, the main horizon first; 1,5,10,20 unless given.")
  private List<Integer> horizons = List.of(1, 5, 10, 20);

  @Option(
      names = "--groups",
      paramLabel = "N",
      description = "Groups by factor, 2 to 100; 5 unless given.")
  private int groups = 5;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description =
          "How many factors were tried until these were left; as many as are studied unless given.")
  private Optional<Integer> trials = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that compute; one for each processor unless given. The figures do not depend on it.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write study.json and tear-sheet.html; nowhere unless given.")
  private Optional<Path> out = Optional.empty();

  StudyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Expressions, a known set, or both. */
  private static final class What {
    @Option(
        names = "--factor",
        arity = "1..*",
        paramLabel = "EXPR",
        description = "Expressions of your own. Quote them: a shell replaces $close.")
    private List<String> factors = List.of();

    @Option(
        names = "--set",
        paramLabel = "alpha158|alpha360|alpha101",
        description = "A known set of factors.")
    private Optional<String> set = Optional.empty();
  }

  /** Where the industry-neutral view takes its groups from. */
  private static final class Industry {
    @Option(
        names = "--industry-field",
        paramLabel = "FIELD",
        description =
            "A column of the bars with the code of each share's industry, a number: adds the rank IC within"
                + " industries.")
    private Optional<String> field = Optional.empty();

    @Option(
        names = "--industry-file",
        paramLabel = "FILE",
        description =
            "The same from a CSV file: columns instrument and industry, and from, the first day of the row,"
                + " where shares change.")
    private Optional<Path> file = Optional.empty();

    Optional<Grouping> grouping(Panel panel) {
      return field
          .map(name -> Grouping.byField(panel, Field.of(name.replaceFirst("^\\$", ""))))
          .or(() -> file.map(IndustryFile::read));
    }
  }

  @Override
  public Integer call() {
    StudySettings.Builder settings = settings();
    FactorSet factors = factors();
    checkTrials(factors);
    Bars read = bars.readAnything();
    Messages.readingFindings(terminal, read);
    StudyBars ready = StudyBars.of(read.panel());
    ready.warnings().forEach(warning -> terminal.say("warning: " + warning));
    warnOfMissing(ready.panel());
    ready.tradability().ifPresent(settings::tradability);
    industry.grouping(ready.panel()).ifPresent(settings::grouping);
    trials.ifPresent(settings::trials);
    StudyReport report = report(factors, ready, settings);
    terminal.out().print(report.text());
    terminal.out().flush();
    out.ifPresent(folder -> write(report, folder));
    return ExitCode.DONE;
  }

  private StudyReport report(FactorSet factors, StudyBars ready, StudySettings.Builder settings) {
    try (Threads helpers = Threads.helping(threads)) {
      FactorEngine engine = FactorEngine.builder()
          .executor(helpers.executor())
          .missing(what.set.isPresent() ? MissingData.NAN : MissingData.REFUSE)
          .build();
      settings.executor(helpers.executor()).progress(terminal.progress("study"));
      StudyReport.Builder report =
          StudyReport.builder(FactorStudy.all(engine, ready.panel(), factors, settings.build()));
      ready.warnings().forEach(warning -> report.notice(sentence(warning)));
      factors.factors().forEach(factor -> report.expression(factor.name(), factor.expression()));
      return report.build();
    }
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  private void write(StudyReport report, Path folder) {
    WholeFile.makeFolder(folder);
    Path json = folder.resolve("study.json");
    Path page = folder.resolve("tear-sheet.html");
    WholeFile.write(json, report.json().getBytes(StandardCharsets.UTF_8));
    WholeFile.write(page, report.html().getBytes(StandardCharsets.UTF_8));
    terminal.say("written: " + json + ", " + page);
  }

  private StudySettings.Builder settings() {
    if (threads < 1 || threads > Threads.MOST) {
      throw wrong("--threads is 1 to " + Threads.MOST + ", was " + threads);
    }
    if (out.filter(folder -> Files.exists(folder) && !Files.isDirectory(folder)).isPresent()) {
      throw wrong("--out names a file; name a folder");
    }
    try {
      return StudySettings.builder()
          .horizons(horizons.stream().mapToInt(days -> days).toArray())
          .groups(groups);
    } catch (QilinException e) {
      String message = String.valueOf(e.getMessage());
      throw wrong("--horizons or --groups: " + message.substring(message.indexOf(' ') + 1));
    }
  }

  private void checkTrials(FactorSet factors) {
    int studied = factors.factors().size();
    if (trials.filter(count -> count < studied).isPresent()) {
      throw wrong("--trials counts those of the study as well, at least " + studied + ", was "
          + trials.get());
    }
  }

  private FactorSet factors() {
    List<Factor> factors = new ArrayList<>();
    for (String expression : what.factors) {
      boolean isName = !expression.isBlank()
          && expression.length() <= LONGEST_NAME
          && expression.chars().noneMatch(Character::isISOControl);
      String name = isName ? expression : "factor " + (factors.size() + 1);
      factors.add(new Factor(name, expression));
    }
    what.set.ifPresent(name -> factors.addAll(KnownSets.named(name, spec).factors()));
    return new FactorSet("study", factors);
  }

  private void warnOfMissing(Panel panel) {
    if (what.set.isPresent()) {
      FactorColumns.of(KnownSets.named(what.set.get(), spec))
          .missingFields(panel)
          .forEach(field ->
              terminal.say("warning: the bars have no field " + field + "; it is taken for NaN"));
    }
    if (panel.symbols().size() < groups) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the bars hold " + panel.symbols().size() + " instruments, too few for " + groups
              + " groups; give more bars or fewer --groups");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
