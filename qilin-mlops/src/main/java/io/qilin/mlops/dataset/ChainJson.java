package io.qilin.mlops.dataset;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.report.JsonText;
import io.qilin.mlops.internal.StrictJson;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Fitted chains as JSON. */
final class ChainJson {
  private static final String FORMAT = "qilin-processors-1";
  private static final int MAX_BYTES = 64 << 20;

  private ChainJson() {}

  static String write(FittedChain chain) {
    JsonText out = new JsonText().object().name("format").value(FORMAT);
    texts(out, "features", chain.inputFeatures());
    texts(out, "labels", chain.inputLabels());
    out.name("fit_from").value(chain.fittedOn().first().toString());
    out.name("fit_to").value(chain.fittedOn().last().toString());
    out.name("flow").value(chain.flow().name());
    steps(out, "shared", chain.sharedSteps());
    steps(out, "inference", chain.inferenceSteps());
    steps(out, "learning", chain.learningSteps());
    return out.end().toString();
  }

  private static void texts(JsonText out, String name, List<String> texts) {
    out.name(name).array();
    texts.forEach(out::value);
    out.end();
  }

  private static void steps(JsonText out, String name, List<Step> steps) {
    out.name(name).array();
    for (Step step : steps) {
      out.object();
      ProcessorJson.write(out, step.processor());
      if (step instanceof NormStep norm) {
        out.name("centre").value(norm.centre());
        out.name("spread").value(norm.spread());
      }
      out.end();
    }
    out.end();
  }

  static FittedChain read(byte[] json) {
    JsonFields fields = new JsonFields(StrictJson.object(json, "the fitted chain", MAX_BYTES), "");
    if (!fields.text("format").equals(FORMAT)) {
      throw JsonFields.wrong("format", "must be " + FORMAT);
    }
    try {
      ColumnNames names = new ColumnNames(fields.texts("features"), fields.texts("labels"));
      DayRange on = new DayRange(
          LocalDate.parse(fields.text("fit_from")), LocalDate.parse(fields.text("fit_to")));
      ProcessorChain.Flow flow = fields.choice("flow", ProcessorChain.Flow.class);
      List<Step> shared = steps(fields.array("shared"), "shared", names);
      ColumnNames afterShared = after(names, shared);
      List<Step> inference = steps(fields.array("inference"), "inference", afterShared);
      ColumnNames base =
          flow == ProcessorChain.Flow.APPEND ? after(afterShared, inference) : afterShared;
      List<Step> learning = steps(fields.array("learning"), "learning", base);
      fields.end();
      requireChain(shared, inference, learning, flow);
      return new FittedChain(flow, names, on, shared, inference, learning);
    } catch (DateTimeException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "a day of the fitted chain is not like 2024-01-31", e);
    } catch (QilinException e) {
      if (e.code() == ErrorCode.DATA_FORMAT || e.code() == ErrorCode.LIMIT_EXCEEDED) {
        throw e;
      }
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "the fitted chain contradicts itself: " + e.getMessage(), e);
    }
  }

  private static void requireChain(
      List<Step> shared, List<Step> inference, List<Step> learning, ProcessorChain.Flow flow) {
    new ProcessorChain(processors(shared), processors(inference), processors(learning), flow);
  }

  private static List<Processor> processors(List<Step> steps) {
    return steps.stream().map(Step::processor).toList();
  }

  private static ColumnNames after(ColumnNames before, List<Step> steps) {
    ColumnNames names = before;
    for (Step step : steps) {
      names = step.after(names);
    }
    return names;
  }

  private static List<Step> steps(JsonNode array, String list, ColumnNames before) {
    List<Step> steps = new ArrayList<>();
    ColumnNames names = before;
    for (JsonNode node : array) {
      if (steps.size() == 100) {
        throw JsonFields.wrong(list, "has more than 100 processors");
      }
      JsonFields fields = new JsonFields(node, list + "[" + steps.size() + "].");
      Processor processor = ProcessorJson.read(fields);
      Step step;
      if (NormStep.fits(processor)) {
        int columns = names.of(NormStep.group(processor)).size();
        step = new NormStep(
            processor, fields.numbers("centre", columns), fields.numbers("spread", columns));
      } else {
        step = Step.of(processor, names);
      }
      fields.end();
      names = step.after(names);
      steps.add(step);
    }
    return steps;
  }
}
