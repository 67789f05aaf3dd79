/**
 * The desk and language models as beans. Start at {@link io.qilin.spring.agents.DeskAutoConfiguration}.
 */
@NullMarked
package io.qilin.spring.agents;

import org.jspecify.annotations.NullMarked;
