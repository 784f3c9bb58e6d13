-- Does in Neovim what its user does, set up by docs/editors/apq.lua, and prints what came of it as one line of JSON.
local result = {}

local function wait(what, condition)
  assert(vim.wait(20000, condition, 20), what .. ' did not come')
end

-- Version 0.8 renamed some.
local function format()
  if vim.lsp.buf.format then vim.lsp.buf.format() else vim.lsp.buf.formatting_sync(nil, 20000) end
end

local function lines(buffer)
  return vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
end

local function ask(method, line, character)
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = line, character = character },
  }
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 20000)) do
    return answer.result
  end
end

-- The split with what a run printed; the window of the file stays the current one.
local function split()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if window ~= vim.api.nvim_get_current_win() then
      return lines(vim.api.nvim_win_get_buf(window))
    end
  end
end

local function printed()
  wait('the result', function()
    local shown = split()
    return shown and #shown > 0 and shown[1] ~= 'Running …'
  end)
  return split()
end

-- What the language server alone gives.
local function check()
  dofile(vim.env.APQ_INIT)
  vim.cmd('filetype plugin on | syntax on | edit ' .. vim.fn.fnameescape(vim.env.APQ_FILE))
  wait('diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
  result.codes = vim.tbl_map(function(each) return each.code end, vim.diagnostic.get(0))
  result.labels = vim.tbl_map(function(each) return each.label end, ask('textDocument/completion', 2, 10).items)
  result.hover = ask('textDocument/hover', 1, 6).contents.value
end

local function use()
  check()
  result.version = vim.fn.has('nvim-0.11')
  result.filetype, result.comment = vim.bo.filetype, vim.bo.commentstring
  wait('the colours', function() return vim.fn.synID(2, 1, true) ~= 0 end)
  result.syntax = vim.fn.synIDattr(vim.fn.synID(2, 1, true), 'name')

  vim.cmd('make')
  result.cursor = vim.api.nvim_win_get_cursor(0)
  vim.ui.select = function(choices, _, choose) choose(choices[1]) end
  vim.lsp.buf.code_action()
  wait('the fix', function() return not lines(0)[3]:find('(', 1, true) end)
  format()
  result.lines = lines(0)

  vim.fn.cursor(7, 1)
  vim.cmd('normal \\r')
  result.printed = printed()
  vim.cmd('ApqRun --dry-run')
  result.preview = printed()
  result.windows = #vim.api.nvim_list_wins()
  vim.lsp.commands['apq.runRequest']({ arguments = { vim.uri_from_bufnr(0), 1 } })
  result.lens = printed()

  result.told = {}
  vim.notify = function(message) table.insert(result.told, message) end
  vim.cmd('set readonly | normal iX')
  vim.cmd('ApqRun')
  vim.cmd('undo | set noreadonly')
  vim.cmd('enew! | setfiletype apq | ApqRun')
  dofile(vim.env.APQ_INIT:gsub('init', 'apq')).setup({ command = { 'no-such-program' } })
  vim.cmd('buffer # | doautocmd FileType apq')
  vim.cmd('ApqRun')
end

local ok, problem = pcall(vim.env.APQ_SERVER_ONLY and check or use)
result.problem = not ok and tostring(problem) or nil
io.stdout:write(vim.fn.json_encode(result) .. '\n')
vim.cmd('qall!')
