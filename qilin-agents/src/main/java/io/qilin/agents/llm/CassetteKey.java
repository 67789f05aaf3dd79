package io.qilin.agents.llm;

import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The names of questions and answers: SHA-256, in lower-case hex, over one canonical JSON form of all their parts. Two
 * questions have one name only if they are equal, and are put to a model of the same provider and name. Stateless.
 */
public final class CassetteKey {
  private CassetteKey() {}

  /** The name of a question: of model, parameters, messages, tools and schema. */
  public static String of(LlmModel model, LlmRequest request) {
    return sha256(CassetteJson.question(model.toString(), request));
  }

  /** The name of an answer: of all its parts. */
  public static String of(LlmReply reply) {
    return sha256(CassetteJson.reply(reply));
  }

  static String sha256(String ascii) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(ascii.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
