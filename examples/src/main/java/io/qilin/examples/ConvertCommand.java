package io.qilin.examples;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.source.Bars;
import io.qilin.core.report.NumberText;
import io.qilin.data.csv.CsvBarWriter;
import io.qilin.data.qlib.QlibAppended;
import io.qilin.data.qlib.QlibStore;
import io.qilin.data.qlib.QlibStoreWriter;
import io.qilin.data.qlib.QlibVolume;
import io.qilin.data.qlib.QlibWritten;
import io.qilin.data.table.TableBarsWriter;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code convert}: daily bars from one file format to another. */
@Command(
    name = "convert",
    description = {
      "Turns daily bars from one format into another, in any direction: CSV (.csv, .csv.gz), Arrow (.arrow), Parquet"
          + " (.parquet), and Qlib stores (a folder). The end of the name tells the format of --to; a name without a"
          + " dot is a Qlib store.",
      "",
      "Volume, turnover and prices stay as they are. A Qlib store holds float32, about seven digits; how many values"
          + " were rounded is told. From one table format to another the rows are copied as they are, a batch at a"
          + " time; otherwise repeated rows are merged and rows sorted, as told on the error stream.",
      ""
    },
    footer = {
      "",
      "Example: qilin convert --from bars.csv.gz --to bars.arrow",
      "Example: qilin convert --from bars.csv.gz --to cn_data",
      "Example: qilin convert --from today.csv --to cn_data --append",
      "Example: qilin convert --from cn_data --to bars.parquet --force"
    })
final class ConvertCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE_OR_DIR",
      description = "What to read: a file, a folder of files of one format, or a Qlib store.")
  private Path from = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE_OR_DIR",
      description = "What to write: a file, or a folder for a Qlib store.")
  private Path to = Path.of("");

  @Option(names = "--force", description = "Replaces a file, or a Qlib store, that is there.")
  private boolean force;

  @Option(
      names = "--append",
      description =
          "Adds the days that are new to a Qlib store that is there. Days that it has must"
              + " be equal; an append that is interrupted leaves the old store.")
  private boolean append;

  @Option(
      names = "--qlib-volume",
      paramLabel = "shares|adjusted",
      description = "What the volume of a Qlib store, read or written, is counted in; as the store"
          + " says, or shares.")
  private Optional<QlibVolume> qlibVolume = Optional.empty();

  ConvertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (BarsOptions.same(from, to)) {
      throw new ParameterException(
          spec.commandLine(), "--to names what is read; name another file or folder");
    }
    if (append) {
      return append();
    }
    if (Files.exists(to, LinkOption.NOFOLLOW_LINKS) && !force) {
      throw new ParameterException(
          spec.commandLine(), "--to names what is there already; add --force to replace it");
    }
    BarFiles target = BarFiles.toWrite(to);
    if (target instanceof BarFiles.Table out
        && BarFiles.toRead(from) instanceof BarFiles.Table in
        && !Files.isDirectory(from)) {
      copy(in, out);
    } else {
      convert(target);
    }
    return ExitCode.DONE;
  }

  private int append() {
    if (force || !QlibStore.isStore(to)) {
      throw new ParameterException(
          spec.commandLine(),
          force
              ? "--append and --force contradict each other"
              : "--append adds days to a Qlib store, and there is none at --to");
    }
    Bars read = BarsOptions.of(from, qlibVolume).readAnything();
    Messages.readingFindings(terminal, read);
    QlibStoreWriter writer = QlibStoreWriter.to(to);
    QlibAppended added = qlibVolume.map(writer::volume).orElse(writer).append(read.panel());
    if (added.mended()) {
      terminal.say("note: an append that had been interrupted was undone first");
    }
    terminal.say(added.days() + " days with " + NumberText.count(added.values()) + " values of "
        + added.instruments() + " instruments, " + added.listed() + " of them new, appended to "
        + to);
    return ExitCode.DONE;
  }

  private void copy(BarFiles.Table in, BarFiles.Table out) {
    long rows = 0;
    try (TableReader reader = in.format().open(in.path(), TableScan.ALL);
        TableWriter writer = out.format().create(out.path(), reader.schema())) {
      for (Optional<TableBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        writer.write(batch.get());
        rows += batch.get().rows();
      }
      writer.commit();
    }
    terminal.say(NumberText.count(rows) + " rows written to " + to);
  }

  private void convert(BarFiles target) {
    Bars read = BarsOptions.of(from, qlibVolume).readAnything();
    Messages.readingFindings(terminal, read);
    Panel panel = read.panel();
    String rounded = target.fold(
        path -> {
          CsvBarWriter.write(path, panel);
          return panel.adjustment() == Adjustment.RAW
              ? ""
              : "note: prices are " + panel.adjustment()
                  + "; CSV cannot say so, and a reader must find it out or be told";
        },
        (format, path) -> {
          TableBarsWriter.write(format, path, panel);
          return "";
        },
        path -> store(path, panel));
    terminal.say(panel.symbols().size() + " instruments over " + panel.days().size() + " days with "
        + panel.fields().size() + " fields written to " + to);
    if (!rounded.isEmpty()) {
      terminal.say(rounded);
    }
  }

  private String store(Path path, Panel panel) {
    QlibStoreWriter writer = QlibStoreWriter.to(path);
    writer = force ? writer.replacing() : writer;
    QlibWritten written = writer.volume(qlibVolume.orElse(QlibVolume.SHARES)).write(panel);
    if (panel.adjustment() == Adjustment.RAW && panel.has(Field.FACTOR)) {
      terminal.say("warning: prices are RAW and there is a factor; Qlib takes such prices for"
          + " adjusted ones");
    }
    return "note: a Qlib store holds float32; " + NumberText.count(written.rounded()) + " of "
        + NumberText.count(written.values()) + " values were rounded to about seven digits";
  }
}
