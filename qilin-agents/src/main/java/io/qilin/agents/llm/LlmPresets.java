package io.qilin.agents.llm;

import io.qilin.agents.llm.LlmPreset.AnswerLimit;
import io.qilin.agents.llm.LlmPreset.Thinking;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmModel;
import java.net.URI;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of known providers. A model is in it only where a copy of its provider's documentation gave its limits; for any
 * other the settings {@code context-tokens}, {@code max-output-tokens} and {@code capabilities} say what it can do, and {@link
 * #CAUTIOUS_CONTEXT}, {@link #CAUTIOUS_OUTPUT} and {@link #CAUTIOUS} stand where they do not.
 */
public final class LlmPresets {
  /** Tokens of question and answer that are assumed of an unknown model. */
  public static final int CAUTIOUS_CONTEXT = 8_192;

  /** Tokens of an answer that are assumed of an unknown model. */
  public static final int CAUTIOUS_OUTPUT = 2_048;

  /** What is assumed that an unknown model can do. */
  public static final Set<LlmCapability> CAUTIOUS =
      Set.of(LlmCapability.STREAMING, LlmCapability.TEMPERATURE);

  private static final LocalDate READ = LocalDate.of(2026, 7, 4);

  private static final Set<LlmCapability> JSON_AND_TOOLS =
      EnumSet.of(LlmCapability.STREAMING, LlmCapability.TOOLS, LlmCapability.JSON_OBJECT);

  private static final List<LlmPreset> ALL = List.of(
      preset("openai", "https://api.openai.com/v1", AnswerLimit.MAX_COMPLETION_TOKENS),
      new LlmPreset(
          "deepseek",
          Optional.of(URI.create("https://api.deepseek.com")),
          true,
          AnswerLimit.MAX_TOKENS,
          Thinking.TYPE,
          READ,
          deepSeek()),
      thinking("qwen", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", Thinking.SWITCH),
      thinking("qwen-cn", "https://dashscope.aliyuncs.com/compatible-mode/v1", Thinking.SWITCH),
      thinking("glm", "https://api.z.ai/api/paas/v4", Thinking.TYPE),
      thinking("glm-cn", "https://open.bigmodel.cn/api/paas/v4", Thinking.TYPE),
      thinking("kimi", "https://api.moonshot.ai/v1", Thinking.TYPE),
      preset("minimax", "https://api.minimax.io/v1", AnswerLimit.MAX_TOKENS),
      preset("minimax-cn", "https://api.minimaxi.com/v1", AnswerLimit.MAX_TOKENS),
      preset("openrouter", "https://openrouter.ai/api/v1", AnswerLimit.MAX_TOKENS),
      preset("mistral", "https://api.mistral.ai/v1", AnswerLimit.MAX_TOKENS),
      preset("groq", "https://api.groq.com/openai/v1", AnswerLimit.MAX_TOKENS),
      preset("xai", "https://api.x.ai/v1", AnswerLimit.MAX_TOKENS),
      preset("nvidia", "https://integrate.api.nvidia.com/v1", AnswerLimit.MAX_TOKENS),
      local("ollama", Optional.of(URI.create("http://localhost:11434/v1"))),
      local("vllm", Optional.of(URI.create("http://localhost:8000/v1"))),
      local("custom", Optional.empty()));

  private LlmPresets() {}

  /** All presets, in the order of the documentation. */
  public static List<LlmPreset> all() {
    return ALL;
  }

  /**
   * A preset.
   *
   * @throws QilinException INVALID_CONFIGURATION for an unknown id; the message lists the known ones
   */
  public static LlmPreset named(String id) {
    return ALL.stream()
        .filter(preset -> preset.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "no preset " + QilinException.quote(id) + "; there are "
                + ALL.stream().map(LlmPreset::id).collect(Collectors.joining(", "))));
  }

  /** Their cut-off is not documented. They think unless told not to, and a temperature has no effect meanwhile. */
  private static List<LlmModel> deepSeek() {
    Set<LlmCapability> can = EnumSet.copyOf(JSON_AND_TOOLS);
    can.add(LlmCapability.REASONING_ECHO);
    return List.of(
        new LlmModel("deepseek", "deepseek-v4-flash", can, 1_000_000, 384_000, Optional.empty()),
        new LlmModel("deepseek", "deepseek-v4-pro", can, 1_000_000, 384_000, Optional.empty()));
  }

  private static LlmPreset preset(String id, String base, AnswerLimit limit) {
    return new LlmPreset(
        id, Optional.of(URI.create(base)), true, limit, Thinking.FIXED, READ, List.of());
  }

  private static LlmPreset thinking(String id, String base, Thinking thinking) {
    return new LlmPreset(
        id, Optional.of(URI.create(base)), true, AnswerLimit.MAX_TOKENS, thinking, READ, List.of());
  }

  private static LlmPreset local(String id, Optional<URI> base) {
    return new LlmPreset(id, base, false, AnswerLimit.MAX_TOKENS, Thinking.FIXED, READ, List.of());
  }
}
