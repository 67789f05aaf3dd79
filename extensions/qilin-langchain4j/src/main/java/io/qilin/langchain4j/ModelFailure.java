package io.qilin.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a chat model threw, as a code. The classes and the status tell; the texts, and the exceptions themselves, may quote keys and
 * prompts, and are not passed on.
 */
final class ModelFailure {
  /** How far causes are followed. */
  private static final int DEEPEST = 10;

  private ModelFailure() {}

  /** A withheld answer is an answer; anything else is thrown. */
  static LlmReply refusalOrThrow(LlmModel model, Throwable why) {
    if (find(why, ContentFilteredException.class).isPresent()) {
      return new LlmReply(
          "", List.of(), LlmReply.Finish.REFUSED, Optional.empty(), model.name(), Optional.empty());
    }
    throw of(model, why);
  }

  private static QilinException of(LlmModel model, Throwable why) {
    if (why instanceof QilinException known) {
      return known;
    }
    if (why instanceof VirtualMachineError broken && !(why instanceof StackOverflowError)) {
      throw broken;
    }
    OptionalInt status = status(why);
    String what = model + " failed with " + why.getClass().getSimpleName()
        + (status.isPresent() ? " (HTTP " + status.getAsInt() + ")" : "");
    return byClass(what, why, status);
  }

  private static QilinException byClass(String what, Throwable why, OptionalInt status) {
    if (is(why, RateLimitException.class)) {
      return isQuota(why)
          ? refused(what, "the account is used up: top it up with the provider")
          : new QilinException(
              ErrorCode.LLM_RATE_LIMITED, what + ": ask less often, or have the limit raised");
    }
    if (is(why, AuthenticationException.class)) {
      return refused(what, "check the key and what it may do");
    }
    if (is(why, ModelNotFoundException.class)) {
      return refused(what, "check the model's name and the address");
    }
    if (is(why, UnsupportedFeatureException.class)) {
      return new QilinException(
          ErrorCode.UNSUPPORTED,
          what + ": the chat model cannot do what was asked; declare fewer capabilities");
    }
    if (is(why, InvalidRequestException.class)) {
      return refused(what, "check the request, and the declared limits and capabilities");
    }
    if (is(why, TimeoutException.class)
        || is(why, HttpTimeoutException.class)
        || is(why, java.util.concurrent.TimeoutException.class)) {
      return new QilinException(
          ErrorCode.LLM_TIMEOUT, what + ": raise the chat model's own timeout");
    }
    if (is(why, UnresolvedModelServerException.class)
        || is(why, UnresolvedAddressException.class)
        || is(why, InternalServerException.class)
        || (is(why, IOException.class) && !isJson(why))
        || is(why, UncheckedIOException.class)
        || is(why, InterruptedException.class)) {
      return unavailable(what);
    }
    if (status.isPresent()) {
      return status.getAsInt() >= 500 || status.getAsInt() == 409
          ? unavailable(what)
          : refused(what, "check the request, the address and the key");
    }
    if (isJson(why) || !is(why, LangChain4jException.class)) {
      return new QilinException(
          ErrorCode.LLM_INVALID_REPLY,
          what + ": the answer is not what the chat model expects; check the address");
    }
    return is(why, NonRetriableException.class) && !is(why, RetriableException.class)
        ? refused(what, "asking again cannot help; check the request")
        : unavailable(what);
  }

  private static QilinException refused(String what, String mend) {
    return new QilinException(ErrorCode.LLM_REFUSED, what + ": " + mend);
  }

  private static QilinException unavailable(String what) {
    return new QilinException(
        ErrorCode.LLM_UNAVAILABLE, what + ": try again later, or let a router ask another model");
  }

  private static boolean is(Throwable why, Class<? extends Throwable> type) {
    return find(why, type).isPresent();
  }

  private static <T extends Throwable> Optional<T> find(Throwable why, Class<T> type) {
    Throwable at = why;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      at = at.getCause();
    }
    return Optional.empty();
  }

  /** Jackson's failures are I/O failures by their class. */
  private static boolean isJson(Throwable why) {
    return is(why, com.fasterxml.jackson.core.JacksonException.class);
  }

  private static OptionalInt status(Throwable why) {
    return find(why, HttpException.class).stream()
        .mapToInt(HttpException::statusCode)
        .findFirst();
  }

  private static boolean isQuota(Throwable why) {
    return find(why, HttpException.class)
        .map(http -> String.valueOf(http.getMessage()).contains("insufficient_quota"))
        .orElse(false);
  }
}
