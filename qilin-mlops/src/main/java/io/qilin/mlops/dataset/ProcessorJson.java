package io.qilin.mlops.dataset;

import io.qilin.api.error.QilinException;
import io.qilin.core.report.JsonText;
import java.util.List;

/** Processors as members of a JSON object. */
final class ProcessorJson {
  private ProcessorJson() {}

  static void write(JsonText out, Processor processor) {
    out.name("processor").value(processor.name());
    if (processor instanceof Processor.DropnaProcessor drop) {
      columns(out, drop.columns());
    } else if (processor instanceof Processor.DropCol drop) {
      names(out, drop.names());
    } else if (processor instanceof Processor.FilterCol filter) {
      columns(out, filter.columns());
      names(out, filter.names());
    } else if (processor instanceof Processor.Fillna fill) {
      columns(out, fill.columns());
      out.name("value").value(fill.value());
    } else if (processor instanceof Processor.RobustZScoreNorm norm) {
      columns(out, norm.columns());
      out.name("clip_outlier").value(String.valueOf(norm.clipOutlier()));
    } else if (processor instanceof Processor.CsZScoreNorm norm) {
      columns(out, norm.columns());
      out.name("method").value(norm.method().name());
    } else if (processor instanceof Processor.CsRankNorm norm) {
      columns(out, norm.columns());
    } else if (processor instanceof Processor.CsZFillna fill) {
      columns(out, fill.columns());
    } else if (NormStep.fits(processor)) {
      columns(out, NormStep.group(processor));
    }
  }

  private static void columns(JsonText out, Columns columns) {
    out.name("columns").value(columns.name());
  }

  private static void names(JsonText out, List<String> names) {
    out.name("names").array();
    names.forEach(out::value);
    out.end();
  }

  static Processor read(JsonFields fields) {
    String name = fields.text("processor");
    return switch (name) {
      case "DropnaProcessor" -> new Processor.DropnaProcessor(columns(fields));
      case "DropnaLabel" -> new Processor.DropnaLabel();
      case "DropCol" -> new Processor.DropCol(fields.texts("names"));
      case "FilterCol" -> new Processor.FilterCol(columns(fields), fields.texts("names"));
      case "Fillna" -> new Processor.Fillna(columns(fields), fields.number("value"));
      case "ProcessInf" -> new Processor.ProcessInf();
      case "ZScoreNorm" -> new Processor.ZScoreNorm(columns(fields));
      case "RobustZScoreNorm" -> new Processor.RobustZScoreNorm(columns(fields), clip(fields));
      case "MinMaxNorm" -> new Processor.MinMaxNorm(columns(fields));
      case "CSZScoreNorm" ->
        new Processor.CsZScoreNorm(
            columns(fields), fields.choice("method", Processor.CsZScoreNorm.Method.class));
      case "CSRankNorm" -> new Processor.CsRankNorm(columns(fields));
      case "CSZFillna" -> new Processor.CsZFillna(columns(fields));
      case "TanhProcess" -> new Processor.TanhProcess();
      default -> throw JsonFields.wrong("processor", "is not known: " + QilinException.quote(name));
    };
  }

  private static Columns columns(JsonFields fields) {
    return fields.choice("columns", Columns.class);
  }

  private static boolean clip(JsonFields fields) {
    String text = fields.text("clip_outlier");
    if (!text.equals("true") && !text.equals("false")) {
      throw JsonFields.wrong("clip_outlier", "is not true or false");
    }
    return text.equals("true");
  }
}
