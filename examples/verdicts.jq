# A question of judge --plan with the reply of a judge that prefers the shorter answer; where
# both are about as long, whatever stands first.
def answer($n): .request.messages[1].content | capture("Answer \($n)\n<(?<m>[0-9a-f]+)>\n(?<text>(.|\n)*?)\n</") | .text | length;
(answer(1) - answer(2)) as $d
| (if $d > 4 then "2" elif $d < -4 then "1" else "1" end) as $winner
| .status = 200
| .response = {id: "judged", object: "chat.completion", model: "judge-1",
    choices: [{index: 0, finish_reason: "stop", message: {role: "assistant",
      content: ({reason: "It says the same in fewer words.", winner: $winner} | tojson)}}],
    usage: {prompt_tokens: 300, completion_tokens: 20, total_tokens: 320}}
