package io.qilin.opentelemetry;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.qilin.api.error.QilinException;
import java.util.List;

/** The attributes: those of the semantic conventions, and Qilin's own. */
final class Keys {
  static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");

  static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
  static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
  static final AttributeKey<Long> MAX_TOKENS = longKey("gen_ai.request.max_tokens");
  static final AttributeKey<Double> TEMPERATURE = doubleKey("gen_ai.request.temperature");
  static final AttributeKey<Long> SEED = longKey("gen_ai.request.seed");
  static final AttributeKey<String> OUTPUT_TYPE = stringKey("gen_ai.output.type");
  static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
  static final AttributeKey<List<String>> FINISH_REASONS =
      stringArrayKey("gen_ai.response.finish_reasons");
  static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> CACHED_TOKENS = longKey("gen_ai.usage.cache_read.input_tokens");
  static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
  static final AttributeKey<String> INPUT_MESSAGES = stringKey("gen_ai.input.messages");
  static final AttributeKey<String> OUTPUT_MESSAGES = stringKey("gen_ai.output.messages");
  static final AttributeKey<String> TOKEN_TYPE = stringKey("gen_ai.token.type");

  static final AttributeKey<String> SOURCE = stringKey("qilin.source");
  static final AttributeKey<String> DATA_KIND = stringKey("qilin.data.kind");
  static final AttributeKey<Long> QUERY_SYMBOLS = longKey("qilin.query.symbols");
  static final AttributeKey<Long> ROWS = longKey("qilin.rows");
  static final AttributeKey<Long> FINDINGS = longKey("qilin.findings");
  static final AttributeKey<String> DEGRADED = stringKey("qilin.degraded");
  static final AttributeKey<String> MODEL = stringKey("qilin.model");
  static final AttributeKey<String> SINK = stringKey("qilin.sink");
  static final AttributeKey<Long> ACCEPTED = longKey("qilin.stream.accepted");
  static final AttributeKey<Long> REPEATED = longKey("qilin.stream.repeated");

  private static final int MOST_CHARACTERS = 256;

  private Keys() {}

  /** A value that may come from outside, of no more than 256 characters. */
  static String cut(String value) {
    return cut(value, MOST_CHARACTERS);
  }

  /** The beginning of a text, without half a character at its end. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** A failure by its code, or its class. */
  static String errorType(Throwable failure) {
    return failure instanceof QilinException e
        ? "QILIN-" + e.code().number()
        : failure.getClass().getName();
  }
}
