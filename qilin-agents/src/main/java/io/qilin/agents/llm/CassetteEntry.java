package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.llm.LlmReply;
import java.util.Optional;

/** What came of a question: a reply, or the code of a failure. */
record CassetteEntry(Optional<LlmReply> reply, Optional<ErrorCode> failure) {
  static CassetteEntry of(LlmReply reply) {
    return new CassetteEntry(Optional.of(reply), Optional.empty());
  }

  static CassetteEntry of(ErrorCode failure) {
    return new CassetteEntry(Optional.empty(), Optional.of(failure));
  }

  /** The text of the entry; the question stands last, so that it can be compared as it is. */
  String text(String key, String question) {
    return start(key)
        + reply
            .map(found -> "\"reply\":" + CassetteJson.reply(found))
            .orElseGet(() -> "\"failure\":" + failure.orElseThrow().number())
        + end(question);
  }

  static String start(String key) {
    return "{\"v\":1,\"key\":\"" + key + "\",";
  }

  static String end(String question) {
    return ",\"question\":" + question + "}";
  }
}
