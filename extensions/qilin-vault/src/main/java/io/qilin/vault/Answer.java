package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the server said.
 *
 * @param status of HTTP
 * @param json its body; {@link Json#NOTHING} if there is none, or none that is JSON
 * @param retryAfter seconds that it asks to wait
 */
record Answer(int status, Json json, OptionalLong retryAfter) {
  boolean ok() {
    return status == 200 || status == 204;
  }

  Json data() {
    return json.at("data");
  }

  /** The texts of its errors; they may quote what was sent, and are never passed on. */
  List<String> errors() {
    return json.at("errors").items().stream()
        .map(Json::text)
        .flatMap(Optional::stream)
        .toList();
  }

  boolean says(String part) {
    return errors().stream().anyMatch(error -> error.contains(part));
  }

  boolean isSealed() {
    return status == 503 && (says("sealed") || json.at("sealed").isTrue());
  }

  /** Whether the server turned the request away before it did anything. */
  boolean turnedAway() {
    return status == 412 || status == 429 || status == 472 || status == 473 || status == 503;
  }

  /**
   * Requires a good answer.
   *
   * @throws QilinException what the status means
   */
  Answer good(Call call) {
    if (!ok()) {
      throw refused(call);
    }
    return this;
  }

  /** What a status that is not good means, unless the call knows better. */
  QilinException refused(Call call) {
    String start = "Vault answered " + status + " to " + call.what() + ": ";
    if (status >= 300 && status < 400) {
      return new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          start + "a redirect, which is not followed, for it would take the token elsewhere; give"
              + " the address of the active node, or one that forwards");
    }
    return switch (status) {
      case 400 ->
        new QilinException(ErrorCode.INVALID_ARGUMENT, start + "it does not accept the request");
      case 403 ->
        new QilinException(ErrorCode.AUTHORIZATION, start + "the token's policies do not allow it");
      case 404 ->
        new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            start + "it knows no such place; check the mount, its engine and the namespace");
      case 405 ->
        new QilinException(
            ErrorCode.INVALID_CONFIGURATION, start + "the engine at this mount cannot do it");
      case 413 -> new QilinException(ErrorCode.LIMIT_EXCEEDED, start + "the request is too large");
      case 429 ->
        new QilinException(
            ErrorCode.RATE_LIMITED, start + "it is asked too often" + wait(", wait "));
      case 412 ->
        new QilinException(call.unavailable(), start + "the node has not caught up yet; ask again");
      case 472, 473 ->
        new QilinException(
            call.unavailable(),
            start + "the node is a standby; give the address of the active one");
      default ->
        new QilinException(
            call.unavailable(),
            start
                + (isSealed()
                    ? "it is sealed; unseal it"
                    : "it failed, or something before it did" + wait("; wait ")));
    };
  }

  private String wait(String before) {
    return retryAfter.isPresent() ? before + retryAfter.getAsLong() + " s" : "";
  }

  /** For a good status with a body that is not what it should be. */
  static QilinException nonsense(Call call, String missing) {
    return new QilinException(
        call.unavailable(),
        "the answer to " + call.what() + " has no " + missing
            + "; check that the address is Vault's and the mount is of the right engine");
  }
}
