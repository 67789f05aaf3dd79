package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ConcurrentModificationException;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** What the client throws, as an error of Qilin. */
final class KafkaFailures {
  /** A class decides before its parent. */
  private static final Map<Class<? extends RuntimeException>, ErrorCode> CODES = Map.ofEntries(
      Map.entry(InterruptException.class, ErrorCode.CANCELLED),
      Map.entry(WakeupException.class, ErrorCode.CANCELLED),
      Map.entry(TimeoutException.class, ErrorCode.TIMEOUT),
      Map.entry(NetworkException.class, ErrorCode.NETWORK),
      Map.entry(AuthenticationException.class, ErrorCode.AUTHENTICATION),
      Map.entry(AuthorizationException.class, ErrorCode.AUTHORIZATION),
      Map.entry(UnknownTopicOrPartitionException.class, ErrorCode.DATA_NOT_FOUND),
      Map.entry(InvalidOffsetException.class, ErrorCode.DATA_NOT_FOUND),
      Map.entry(InvalidTopicException.class, ErrorCode.INVALID_ARGUMENT),
      Map.entry(RecordTooLargeException.class, ErrorCode.LIMIT_EXCEEDED),
      Map.entry(ConcurrentModificationException.class, ErrorCode.INVALID_ARGUMENT),
      Map.entry(ConfigException.class, ErrorCode.INVALID_CONFIGURATION),
      Map.entry(ProducerFencedException.class, ErrorCode.CONFLICT),
      Map.entry(InvalidProducerEpochException.class, ErrorCode.CONFLICT),
      Map.entry(FencedInstanceIdException.class, ErrorCode.CONFLICT),
      Map.entry(UnknownMemberIdException.class, ErrorCode.CONFLICT),
      Map.entry(CommitFailedException.class, ErrorCode.CONFLICT));

  private static final Map<ErrorCode, String> MEND = Map.of(
      ErrorCode.TIMEOUT, "; is the broker up, and does it listen where the client looks for it?",
      ErrorCode.AUTHENTICATION, "; look at the security settings and the secret",
      ErrorCode.AUTHORIZATION, "; the broker's access rules do not allow it",
      ErrorCode.LIMIT_EXCEEDED,
          "; lower mostBytes(..), or raise max.message.bytes of the topic that it goes to",
      ErrorCode.DATA_NOT_FOUND,
          "; the topic is missing, or what was to be read is forgotten by its retention",
      ErrorCode.CONFLICT,
          "; another instance has taken over, or the broker was away for too long: open it again"
              + " if no other one runs");

  private KafkaFailures() {}

  /**
   * An error with a code that says what kind of failure it is; keeps the interrupt of the thread.
   *
   * @param what what failed, for a person
   * @param otherwise the code of what is not known better
   */
  static QilinException of(String what, ErrorCode otherwise, Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof QilinException known) {
        return known;
      }
      ErrorCode code = code(e);
      if (code != null) {
        return told(what, code, e, failure);
      }
    }
    return told(what, otherwise, failure, failure);
  }

  private static @Nullable ErrorCode code(Throwable e) {
    for (Class<?> type = e.getClass(); type != Object.class; type = type.getSuperclass()) {
      ErrorCode code = CODES.get(type);
      if (code != null) {
        return code;
      }
    }
    return null;
  }

  private static QilinException told(
      String what, ErrorCode code, Throwable decisive, Throwable failure) {
    if (decisive instanceof InterruptException) {
      Thread.currentThread().interrupt();
    }
    String type = decisive.getClass().getSimpleName();
    if (decisive instanceof ConcurrentModificationException) {
      return new QilinException(
          code, what + ": another thread is using it; let that one end first", failure);
    }
    String said = decisive instanceof KafkaException ? ": " + decisive.getMessage() : "";
    return new QilinException(
        code, what + " failed with " + type + said + MEND.getOrDefault(code, ""), failure);
  }
}
