package io.qilin.agents.debate;

import io.qilin.agents.consult.NumberCheck;
import io.qilin.agents.consult.PlainText;
import io.qilin.agents.consult.SecondOpinion;
import io.qilin.agents.internal.JsonMembers;
import io.qilin.agents.internal.JsonTree;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a model said, read strictly: one JSON object with a claim, the evidence it names, and of a
 * judge a lean. Evidence that the case does not hold is left out and flagged.
 */
record SpokenReply(String claim, List<String> evidence, OptionalDouble lean, List<String> flags) {
  private static final int LONGEST_REPLY = 32_768;
  private static final int LONGEST_CLAIM = 4_000;
  private static final int MOST_EVIDENCE = 20;

  /**
   * Reads a reply.
   *
   * @throws QilinException LLM_INVALID_REPLY if it is not of the form asked for
   */
  static SpokenReply read(LlmReply reply, CaseFile file, boolean judge) {
    if (reply.finish() != LlmReply.Finish.STOP) {
      throw bad("the answer ended with " + reply.finish());
    }
    String text = unfenced(reply.text());
    if (text.length() > LONGEST_REPLY) {
      throw bad("the answer has " + text.length() + " characters");
    }
    try {
      JsonMembers in = JsonMembers.of(
          "the answer", JsonTree.parse(text.getBytes(StandardCharsets.UTF_8), "the answer"));
      String claim = PlainText.neutral(in.text("claim"));
      List<String> named = in.texts("evidence");
      OptionalDouble lean = judge ? OptionalDouble.of(in.number("lean")) : OptionalDouble.empty();
      in.done(() -> claim);
      if (claim.isEmpty() || claim.length() > LONGEST_CLAIM || named.size() > MOST_EVIDENCE) {
        throw bad("a claim has 1 to " + LONGEST_CLAIM + " characters and names at most "
            + MOST_EVIDENCE + " pieces of evidence");
      }
      if (judge && !(lean.orElseThrow() >= -1 && lean.orElseThrow() <= 1)) {
        throw bad("a lean is in [-1, 1], was " + lean.orElseThrow());
      }
      return checked(claim, named, lean, file);
    } catch (QilinException e) {
      throw e.code() == ErrorCode.LLM_INVALID_REPLY
          ? e
          : new QilinException(ErrorCode.LLM_INVALID_REPLY, String.valueOf(e.getMessage()), e);
    }
  }

  private static SpokenReply checked(
      String claim, List<String> named, OptionalDouble lean, CaseFile file) {
    Map<String, String> known = new LinkedHashMap<>();
    file.supporting().forEach(one -> known.put(one.key(), one.text()));
    file.opposing().forEach(one -> known.put(one.key(), one.text()));
    List<String> evidence = new ArrayList<>();
    boolean stray = false;
    for (String key : named) {
      String text = known.get(key);
      stray |= text == null;
      if (text != null && !evidence.contains(text)) {
        evidence.add(text);
      }
    }
    NumberCheck numbers = NumberCheck.of(file.opinions(), words(file));
    List<String> wrong = numbers.unverified(claim.replaceAll("#[0-9]{1,3}(?![0-9])", " "));
    List<String> flags = new ArrayList<>();
    if (stray || !wrong.isEmpty()) {
      flags.add(SecondOpinion.UNVERIFIED);
      wrong.forEach(number -> flags.add(SecondOpinion.UNVERIFIED + ":" + number));
    }
    return new SpokenReply(claim, evidence, lean, flags);
  }

  /** What has digits in a claim and is no number. */
  private static List<String> words(CaseFile file) {
    List<String> words = new ArrayList<>(NumberCheck.written(file.session()));
    words.add(file.about().toString());
    words.add(file.about().code());
    return words;
  }

  /** The text without a fence of three backticks around it, which some models put there. */
  private static String unfenced(String text) {
    String bare = text.strip();
    if (bare.startsWith("```") && bare.endsWith("```") && bare.length() >= 6) {
      int line = bare.indexOf('\n');
      return line < 0 ? bare : bare.substring(line + 1, bare.length() - 3).strip();
    }
    return bare;
  }

  private static QilinException bad(String what) {
    return new QilinException(ErrorCode.LLM_INVALID_REPLY, what);
  }
}
