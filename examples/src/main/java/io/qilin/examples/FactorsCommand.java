package io.qilin.examples;

import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.progress.ProgressListener;
import io.qilin.api.source.Bars;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.MissingData;
import io.qilin.core.factor.NumericMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code factors}: computes factors over bars and writes them as a table. */
@Command(
    name = "factors",
    description = {
      "Computes factors over daily bars and writes one column for each, headed by its id.",
      "",
      "The bars may hold any instruments (SH600000, MSFT) and any fields. A row is written for every trading day"
          + " between an instrument's first and last row, also where it did not trade, sorted by instrument and day."
          + " A field that the bars lack is taken for NaN, with a warning. An expression of your own that reads the"
          + " future is computed and named as a label.",
      ""
    },
    footer = {
      "",
      "Example: qilin factors --bars bars.csv.gz --set alpha158 --out alpha158.csv.gz",
      "Example: qilin factors --bars bars/ --expressions mine.tsv --mode corrected --out mine.csv",
      "Example: qilin factors --bars bars/ --set alpha101 --driver stream --out alpha101.csv.gz"
    })
final class FactorsCommand implements Callable<Integer> {
  private static final long BLOCK_BYTES = 96L << 20;

  private final Terminal terminal;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin
  private BarsOptions bars = new BarsOptions();

  @ArgGroup(multiplicity = "1")
  private WhichFactors what = new WhichFactors();

  @Option(
      names = "--mode",
      paramLabel = "qlib|corrected",
      description =
          "Qlib's numbers to the last of its habits, or better ones where Qlib's are wrong; qlib unless given.")
  private Mode mode = Mode.QLIB;

  @Option(
      names = "--driver",
      paramLabel = "batch|stream",
      description =
          "All at once, or day by day on one thread as a live program would; the same values. Batch unless given.")
  private Driver driver = Driver.BATCH;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that compute; one for each processor unless given. The values do not depend on it.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "The table to write, by the end of its name: CSV (compressed if it ends in .gz), Arrow (.arrow) or"
              + " Parquet (.parquet).")
  private Path out = Path.of("");

  FactorsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Whose numbers. */
  private enum Mode {
    QLIB(NumericMode.QLIB_EXACT),
    CORRECTED(NumericMode.CORRECTED);

    private final NumericMode numbers;

    Mode(NumericMode numbers) {
      this.numbers = numbers;
    }
  }

  /** How to go over the days. */
  private enum Driver {
    BATCH,
    STREAM
  }

  @Override
  public Integer call() {
    if (threads < 1 || threads > Threads.MOST) {
      throw new ParameterException(
          spec.commandLine(), "--threads is 1 to " + Threads.MOST + ", was " + threads);
    }
    if (bars.reads(out)
        || what.expressions().filter(file -> BarsOptions.same(file, out)).isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--out names a file that is read; name another");
    }
    BarFiles target = Files.isDirectory(out) ? new BarFiles.Csv(out) : BarFiles.toRead(out);
    FactorColumns columns = columns();
    if (driver == Driver.STREAM) {
      columns.checkStream();
    }
    Bars read = bars.readAnything();
    Messages.readingFindings(terminal, read);
    warn(columns, read.panel());
    write(columns, read.panel(), target);
    return ExitCode.DONE;
  }

  private FactorColumns columns() {
    if (what.expressions().isEmpty() && what.set().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "name what to compute: --set alpha158, alpha360 or alpha101, or --expressions FILE");
    }
    return what.expressions()
        .map(file -> FactorColumns.of(ExpressionFile.read(file)))
        .orElseGet(() -> FactorColumns.of(KnownSets.named(what.set(), spec)));
  }

  private void warn(FactorColumns columns, Panel panel) {
    columns
        .missingFields(panel)
        .forEach(field ->
            terminal.say("warning: the bars have no field " + field + "; it is taken for NaN"));
    columns
        .missingInstruments(panel)
        .forEach(symbol -> terminal.say(
            "warning: the bars have no instrument " + symbol.qlib() + "; it is taken for NaN"));
    List<String> labels = columns.labelNames();
    if (!labels.isEmpty()) {
      terminal.say("note: these columns read the future and are labels, not factors: "
          + String.join(", ", labels));
    }
  }

  private void write(FactorColumns columns, Panel panel, BarFiles target) {
    List<Symbol> order = new ArrayList<>(panel.symbols());
    order.sort(Comparator.comparing(Symbol::qlib));
    int block = columns.isCrossSectional() ? order.size() : block(columns, panel);
    ProgressListener bar = terminal.progress("factors");
    try (Threads helpers = Threads.helping(threads);
        FactorFile file = FactorFile.create(target, columns.names())) {
      for (int from = 0; from < order.size(); from += block) {
        int start = from;
        List<Symbol> some = order.subList(from, Math.min(from + block, order.size()));
        FactorEngine engine = FactorEngine.builder()
            .executor(helpers.executor())
            .mode(mode.numbers)
            .missing(MissingData.NAN)
            .progress(
                (done, total) -> bar.progress(start + done * some.size() / total, order.size()))
            .build();
        writeBlock(columns, engine, part(panel, columns, some), some, file);
        bar.progress(start + some.size(), order.size());
      }
      file.commit();
    }
    terminal.say(columns.names().size() + " columns of " + order.size() + " instruments over "
        + panel.days().size() + " days written to " + out);
  }

  /** How many instruments can be held at a time. */
  private static int block(FactorColumns columns, Panel panel) {
    long bytesEach = 8L * panel.days().size() * columns.names().size();
    return (int) Math.max(1, Math.min(panel.symbols().size(), BLOCK_BYTES / bytesEach));
  }

  /** The panel of some instruments, and of those that expressions name. */
  private static Panel part(Panel panel, FactorColumns columns, List<Symbol> some) {
    Set<Symbol> wanted = new HashSet<>(some);
    return some.size() == panel.symbols().size()
        ? panel
        : panel.only(symbol -> wanted.contains(symbol) || columns.names(symbol));
  }

  private void writeBlock(
      FactorColumns columns, FactorEngine engine, Panel panel, List<Symbol> some, FactorFile file) {
    FactorColumns.Values values =
        driver == Driver.STREAM ? columns.stream(engine, panel) : columns.compute(engine, panel);
    for (Symbol symbol : some) {
      int instrument = panel.indexOf(symbol);
      for (int day = panel.firstRow(instrument); day < panel.endRow(instrument); day++) {
        int row = day;
        file.row(symbol, panel.days().get(day), cells -> values.row(cells, instrument, row));
      }
    }
  }
}
