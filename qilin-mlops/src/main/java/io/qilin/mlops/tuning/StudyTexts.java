package io.qilin.mlops.tuning;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.report.JsonText;
import io.qilin.mlops.internal.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Studies as texts: numbers are written so that they read back to the same bits. */
final class StudyTexts {
  private static final int MOST_BYTES = 4 << 20;
  /** What is found for the same trials changes with it. */
  private static final int ALGORITHM = 1;

  private StudyTexts() {}

  /** All that the values of trials hang on; equal for equal spaces and settings only, on every Java version. */
  static String description(SearchSpace space, StudySettings settings) {
    JsonText json = new JsonText()
        .object()
        .name("algorithm")
        .value(ALGORITHM)
        .name("direction")
        .value(settings.direction().name())
        .name("seed")
        .value(settings.seed())
        .name("batch")
        .value(settings.batch())
        .name("sampler");
    sampler(json, settings.sampler());
    json.name("pruner");
    pruner(json, settings.pruner());
    json.name("parameters").array();
    for (Parameter parameter : space.parameters()) {
      json.object().name("name").value(parameter.name()).name("domain");
      domain(json, parameter.domain());
      parameter.condition().ifPresent(condition -> {
        json.name("when").value(condition.parameter()).name("is").array();
        condition.options().stream().sorted().forEach(json::value);
        json.end();
      });
      json.end();
    }
    return json.end().end().toString();
  }

  private static void sampler(JsonText json, Sampler sampler) {
    if (sampler instanceof Sampler.Tpe tpe) {
      json.object().name("tpe").value(tpe.startupTrials());
      json.name("candidates").value(tpe.candidates());
      json.name("prior").value(tpe.priorWeight()).end();
    } else {
      json.value("random");
    }
  }

  private static void pruner(JsonText json, Pruner pruner) {
    if (pruner instanceof Pruner.Median median) {
      json.object().name("median").value(median.startupTrials());
      json.name("warmup").value(median.warmupSteps()).end();
    } else if (pruner instanceof Pruner.SuccessiveHalving halving) {
      json.object().name("halving").value(halving.reductionFactor());
      json.name("first").value(halving.firstRung()).end();
    } else {
      json.value("none");
    }
  }

  private static void domain(JsonText json, Domain domain) {
    if (domain instanceof Domain.Choice choice) {
      json.array();
      choice.options().forEach(json::value);
      json.end();
    } else if (domain instanceof Domain.Real real) {
      json.object().name("low").value(real.low()).name("high").value(real.high());
      json.name("log").value(Boolean.toString(real.log())).end();
    } else if (domain instanceof Domain.Whole whole) {
      json.object().name("from").value(whole.low()).name("to").value(whole.high());
      json.name("log").value(Boolean.toString(whole.log())).end();
    }
  }

  static String values(TrialValues values) {
    JsonText json = new JsonText().object();
    values.asTexts().forEach((name, value) -> json.name(name).value(value));
    return json.end().toString();
  }

  /** Reads values back; a space that they do not fit is refused. */
  static TrialValues values(String text, SearchSpace space) {
    JsonNode json = read("a trial's values", text);
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : space.parameters()) {
      JsonNode value = json.get(parameter.name());
      if (value != null) {
        values.put(parameter.name(), value(parameter.domain(), value.stringValue("")));
      }
    }
    if (values.size() != json.size()) {
      throw damaged("a trial has parameters that its space has not");
    }
    return new TrialValues(values);
  }

  static String reports(Reports reports) {
    JsonText json = new JsonText().object();
    for (int i = 0; i < reports.size(); i++) {
      json.name(Long.toString(reports.step(i))).value(Double.toString(reports.value(i)));
    }
    return json.end().toString();
  }

  static Reports reports(String text) {
    Reports reports = new Reports();
    try {
      read("a trial's reports", text)
          .properties()
          .forEach(entry -> reports.add(
              Long.parseLong(entry.getKey()),
              Double.parseDouble(entry.getValue().stringValue(""))));
    } catch (NumberFormatException e) {
      throw new QilinException(
          ErrorCode.STORE_DAMAGED, "a trial's report is no number; restore a backup", e);
    }
    return reports;
  }

  private static Object value(Domain domain, String text) {
    try {
      if (domain instanceof Domain.Real) {
        return Double.valueOf(text);
      }
      if (domain instanceof Domain.Whole) {
        return Long.valueOf(text);
      }
    } catch (NumberFormatException e) {
      throw new QilinException(
          ErrorCode.STORE_DAMAGED, "a trial's value is no number; restore a backup", e);
    }
    if (!((Domain.Choice) domain).options().contains(text)) {
      throw damaged("a trial's value is none of its choice: " + QilinException.quote(text));
    }
    return text;
  }

  private static JsonNode read(String what, String text) {
    return StrictJson.object(text.getBytes(StandardCharsets.UTF_8), what, MOST_BYTES);
  }

  private static QilinException damaged(String what) {
    return new QilinException(ErrorCode.STORE_DAMAGED, what + "; restore a backup");
  }
}
