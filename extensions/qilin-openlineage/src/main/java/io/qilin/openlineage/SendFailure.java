package io.qilin.openlineage;

import io.openlineage.client.transports.HttpTransportResponseException;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Set;

/**
 * What a failure of a transport means. Messages of the transport are not repeated: they hold addresses and answers of the
 * server.
 */
final class SendFailure {
  /** The server read the event and will never take it. */
  private static final Set<Integer> ABOUT_THE_EVENT = Set.of(400, 413, 422);

  private static final Set<Integer> ABOUT_THE_CALLER = Set.of(401, 403);
  private static final int NOT_FOUND = 404;

  private SendFailure() {}

  static boolean isAboutTheEvent(Throwable failure) {
    return failure instanceof HttpTransportResponseException answer
        && ABOUT_THE_EVENT.contains(answer.getStatusCode());
  }

  static QilinException of(Throwable failure) {
    if (failure instanceof HttpTransportResponseException answer) {
      int status = answer.getStatusCode();
      String said = "the server of lineage answered " + status;
      if (ABOUT_THE_CALLER.contains(status)) {
        return new QilinException(
            ErrorCode.AUTHENTICATION, said + "; check the key of the transport");
      }
      return status == NOT_FOUND
          ? new QilinException(
              ErrorCode.INVALID_CONFIGURATION, said + "; check the address of the transport")
          : new QilinException(ErrorCode.NETWORK, said + "; the events wait in the outbox");
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new QilinException(
        ErrorCode.NETWORK,
        "the transport of lineage failed with " + cause.getClass().getSimpleName()
            + "; the events wait in the outbox");
  }
}
