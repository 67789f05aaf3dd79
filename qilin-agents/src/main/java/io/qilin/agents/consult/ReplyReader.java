package io.qilin.agents.consult;

import io.qilin.api.llm.LlmReply;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads a second opinion out of a model's answer, strictly: what is not exactly as asked for is a fault. Stateless. */
final class ReplyReader {
  /** The answer in JSON. */
  record Answer(double score, double confidence, Word word, List<String> reasons) {
    Answer {
      reasons = List.copyOf(reasons);
    }
  }

  /** What the model recommends. */
  enum Word {
    BUY,
    SELL,
    HOLD
  }

  /** An answer or what is wrong with it. */
  record Read(Optional<Answer> answer, Optional<ReplyFault> fault) {
    static Read wrong(ReplyFault fault) {
      return new Read(Optional.empty(), Optional.of(fault));
    }
  }

  private enum Member {
    CODE,
    SCORE,
    CONFIDENCE,
    RECOMMENDATION,
    REASONS
  }

  /** Stops the reading of an answer; thrown and caught in this class alone. */
  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final ReplyFault fault;

    Fault(ReplyFault fault) {
      super(fault.name(), null, false, false);
      this.fault = fault;
    }
  }

  static final int BYTES = 64 << 10;
  static final int REASONS = 20;
  static final int REASON_LENGTH = 1_000;
  private static final int DEPTH = 8;
  private static final int NUMBER_LENGTH = 64;

  private static final JsonFactory STRICT = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(DEPTH)
          .maxStringLength(BYTES)
          .maxNameLength(BYTES)
          .maxNumberLength(NUMBER_LENGTH)
          .build())
      .build();

  private ReplyReader() {}

  static Read read(LlmReply reply, String code) {
    try {
      return new Read(Optional.of(answer(reply, code)), Optional.empty());
    } catch (Fault e) {
      return Read.wrong(e.fault);
    } catch (JacksonException e) {
      return Read.wrong(ReplyFault.NOT_JSON);
    }
  }

  private static Answer answer(LlmReply reply, String code) throws Fault {
    if (reply.finish() == LlmReply.Finish.REFUSED) {
      throw new Fault(ReplyFault.REFUSED);
    }
    if (!reply.toolCalls().isEmpty()) {
      throw new Fault(ReplyFault.TOOL_NOT_GIVEN);
    }
    String text = reply.text();
    if (text.length() > BYTES || PlainText.bytes(text) > BYTES) {
      throw new Fault(ReplyFault.TOO_LARGE);
    }
    if (reply.finish() == LlmReply.Finish.LENGTH) {
      throw new Fault(ReplyFault.CUT_OFF);
    }
    if (text.isBlank()) {
      throw new Fault(ReplyFault.EMPTY);
    }
    try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Fault(ReplyFault.NOT_JSON);
      }
      Answer answer = members(parser, code);
      if (parser.nextToken() != null) {
        throw new Fault(ReplyFault.NOT_JSON);
      }
      return answer;
    }
  }

  private static Answer members(JsonParser parser, String code) throws Fault {
    Set<Member> seen = EnumSet.noneOf(Member.class);
    double score = Double.NaN;
    double confidence = Double.NaN;
    Word word = Word.HOLD;
    List<String> reasons = List.of();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      Member member = member(parser.currentName());
      if (!seen.add(member)) {
        throw new Fault(ReplyFault.DUPLICATE_MEMBER);
      }
      parser.nextToken();
      switch (member) {
        case CODE -> {
          if (!text(parser).equals(code)) {
            throw new Fault(ReplyFault.WRONG_CODE);
          }
        }
        case SCORE -> score = share(parser);
        case CONFIDENCE -> confidence = share(parser);
        case RECOMMENDATION -> word = word(text(parser));
        case REASONS -> reasons = reasons(parser);
      }
    }
    if (seen.size() < Member.values().length) {
      throw new Fault(ReplyFault.MISSING_MEMBER);
    }
    return new Answer(score, confidence, word, reasons);
  }

  private static Member member(String name) throws Fault {
    for (Member member : Member.values()) {
      if (member.name().toLowerCase(Locale.ROOT).equals(name)) {
        return member;
      }
    }
    throw new Fault(ReplyFault.UNKNOWN_MEMBER);
  }

  private static String text(JsonParser parser) throws Fault {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new Fault(ReplyFault.WRONG_TYPE);
    }
    return parser.getString();
  }

  private static double share(JsonParser parser) throws Fault {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw new Fault(ReplyFault.WRONG_TYPE);
    }
    double value = Double.parseDouble(parser.getString());
    if (!(value >= 0 && value <= 1)) {
      throw new Fault(ReplyFault.OUT_OF_RANGE);
    }
    return Math.abs(value);
  }

  private static Word word(String text) throws Fault {
    for (Word word : Word.values()) {
      if (word.name().equals(text)) {
        return word;
      }
    }
    throw new Fault(ReplyFault.WRONG_WORD);
  }

  private static List<String> reasons(JsonParser parser) throws Fault {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new Fault(ReplyFault.WRONG_TYPE);
    }
    List<String> out = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String reason = text(parser);
      if (out.size() == REASONS || reason.length() > REASON_LENGTH) {
        throw new Fault(ReplyFault.TOO_MANY_WORDS);
      }
      out.add(reason);
    }
    return out;
  }
}
