package io.qilin.api.llm;

/** What a model or its server can do; what is not declared is not asked for. */
public enum LlmCapability {
  /** It calls tools. */
  TOOLS,
  /** It answers with a JSON object when asked to. */
  JSON_OBJECT,
  /** It answers according to a JSON schema. */
  JSON_SCHEMA,
  /** It sends its answer piece by piece. */
  STREAMING,
  /** It heeds a seed. */
  SEED,
  /** It heeds a temperature. */
  TEMPERATURE,
  /** Its reasoning must be sent back with the later turns of a conversation that used tools. */
  REASONING_ECHO
}
