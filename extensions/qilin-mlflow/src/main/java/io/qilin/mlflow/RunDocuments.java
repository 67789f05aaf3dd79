package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Map;

/** Asks the server for runs by their ids. */
final class RunDocuments {
  private final MlflowApi api;

  RunDocuments(MlflowServer server) {
    api = server.api();
  }

  /** A run, put away or not. */
  RunDocument find(String id) {
    Words.requireRun(id);
    try {
      return RunDocument.read(Json.member(api.get("runs/get", Map.of("run_id", id)), "run"));
    } catch (QilinException e) {
      boolean unknown =
          e.code() == ErrorCode.DATA_NOT_FOUND || e.code() == ErrorCode.INVALID_ARGUMENT;
      throw unknown ? Words.noRun(id) : e;
    }
  }

  /** A run that is not put away. */
  RunDocument open(String id) {
    RunDocument run = find(id);
    if (run.deleted()) {
      throw Words.conflict("the run " + id + " is put away; restore it first");
    }
    return run;
  }
}
