-- APQ in Neovim 0.7 or later: docs/other-editors.md says how to use it.
local M = {}

-- In a clone, and in the installed package.
local BESIDE = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h:h') .. '/dist/apq.js'

-- What `setup` may change.
local options = {
  command = vim.fn.filereadable(BESIDE) == 1 and { 'node', BESIDE } or { 'apq' }, -- starts apq
  metadata = nil, -- the file that `apq metadata --output FILE` wrote
  root = nil, -- the platform that requests go to; otherwise $APQ_ROOT
  run_key = '<LocalLeader>r', -- runs the request under the cursor; false for no key
}

local function apq(...)
  return vim.list_extend(vim.list_extend({}, options.command), { ... })
end

local function with_metadata(command)
  return options.metadata and vim.list_extend(command, { '--metadata', options.metadata }) or command
end

-- Without the empty lines at the end.
local function trimmed(lines)
  while lines[#lines] == '' do
    table.remove(lines)
  end
  return lines
end

-- Shows lines in a split below, the same one each time, and leaves the cursor where it is.
local result
local function show(lines)
  if not (result and vim.api.nvim_buf_is_valid(result)) then
    result = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(result, 'apq://result')
  end
  vim.api.nvim_buf_set_lines(result, 0, -1, false, lines)
  if vim.fn.bufwinid(result) == -1 then
    local window = vim.api.nvim_get_current_win()
    vim.cmd('botright sbuffer ' .. result)
    vim.wo.wrap = false
    vim.api.nvim_set_current_win(window)
  end
end

local job
-- Runs a request of a file: `which` are the options of `apq run` that choose it, and others.
local function run(file, which)
  if job then
    return vim.notify('A request is still running. :ApqStop ends it.', vim.log.levels.WARN)
  end
  local command = with_metadata(vim.list_extend(apq('run', file), which))
  if options.root then
    vim.list_extend(command, { '--root', options.root })
  end
  local out, err = {}, {}
  local started, id = pcall(vim.fn.jobstart, command, {
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = function(_, lines) out = lines end,
    on_stderr = function(_, lines) err = lines end,
    on_exit = function()
      job = nil
      show(vim.list_extend(trimmed(out), trimmed(err)))
    end,
  })
  if started and id > 0 then
    job = id
    return show({ 'Running …' })
  end
  vim.notify(command[1] .. ' could not be started: is it on the PATH of Neovim?', vim.log.levels.ERROR)
end

-- Saves the file, as apq reads it from the disk; returns whether that succeeded.
local function save()
  if vim.api.nvim_buf_get_name(0) == '' then
    vim.notify('Nothing was run: save the file under a name first.', vim.log.levels.ERROR)
    return false
  end
  local saved, problem = pcall(vim.cmd, 'silent update')
  if not saved then
    vim.notify('Nothing was run, as the file could not be saved: ' .. problem:match('E%d+:.*$'), vim.log.levels.ERROR)
  end
  return saved
end

-- Runs the request under the cursor, with further options of `apq run`, such as `--yes`.
function M.run(further)
  if not save() then return end
  local line = vim.api.nvim_win_get_cursor(0)[1]
  run(vim.api.nvim_buf_get_name(0), vim.list_extend({ '--line', tostring(line) }, further or {}))
end

function M.stop()
  if job then vim.fn.jobstop(job) end
end

-- What a code lens does: its arguments are the file and the number of the request.
local function lens(further)
  return function(command)
    if not save() then return end
    local uri, index = unpack(command.arguments)
    run(vim.uri_to_fname(uri), vim.list_extend({ '--request', tostring(index) }, further))
  end
end

local function start_server(buffer)
  local config = {
    name = 'apq',
    cmd = apq('lsp'),
    init_options = { metadataFile = options.metadata },
  }
  if vim.lsp.start then
    return vim.lsp.start(config, { bufnr = buffer })
  end
  -- Before 0.8.
  if not M.client or vim.lsp.client_is_stopped(M.client) then
    M.client = vim.lsp.start_client(config)
  end
  if M.client then -- Otherwise Neovim has said why.
    vim.lsp.buf_attach_client(buffer, M.client)
  end
end

local SYNTAX = [[
  syntax match apqComment "^\s*\(#\|//\).*"
  syntax match apqDirective "^\s*\(#\|//\)\s*@[[:alnum:]-]\+"
  syntax match apqTitle "^###.*"
  syntax match apqDeclaration "^@[^[:space:]=]\+"
  syntax match apqMethod "^\c\(get\|post\|put\|delete\)\>"
  syntax match apqClause "\$\a\+"
  syntax region apqString start=/'/ skip=/''/ end=/'/ oneline contains=apqReference
  syntax match apqReference "{{[^}]*}}"
  highlight default link apqComment Comment
  highlight default link apqDirective PreProc
  highlight default link apqTitle Title
  highlight default link apqDeclaration Identifier
  highlight default link apqMethod Keyword
  highlight default link apqClause Statement
  highlight default link apqString String
  highlight default link apqReference Identifier
]]

-- Later, as Neovim's own handling of the event clears what came before it.
local function colour(buffer)
  vim.schedule(function()
    if vim.api.nvim_buf_is_valid(buffer) then
      vim.api.nvim_buf_call(buffer, function() vim.cmd(SYNTAX) end)
    end
  end)
end

-- `shellescape` with `true` also hides `%`, `#` and `!` from `:make`.
local function quoted(words)
  return table.concat(vim.tbl_map(function(word) return vim.fn.shellescape(word, true) end, words), ' ')
end

local function open(buffer)
  vim.bo[buffer].commentstring = '# %s'
  vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  vim.bo[buffer].makeprg = quoted(with_metadata(apq('check'))) .. ' -- %:S'
  vim.bo[buffer].errorformat = '%f:%l:%c: %t%*[a-z] %m'
  vim.api.nvim_buf_create_user_command(buffer, 'ApqRun', function(given) M.run(given.fargs) end, { nargs = '*' })
  vim.api.nvim_buf_create_user_command(buffer, 'ApqStop', M.stop, {})
  if options.run_key then
    vim.keymap.set('n', options.run_key, M.run, { buffer = buffer, desc = 'Run the request under the cursor' })
  end
  start_server(buffer)
end

function M.setup(given)
  options = vim.tbl_extend('force', options, given or {})
  options.metadata = options.metadata and vim.fn.expand(options.metadata)
  vim.lsp.commands['apq.runRequest'] = lens({})
  vim.lsp.commands['apq.fetchAll'] = lens({ '--pages', 'all' })
  vim.lsp.commands['apq.previewRequest'] = lens({ '--dry-run' })
  local group = vim.api.nvim_create_augroup('apq', { clear = true })
  local on = function(event, pattern, what)
    vim.api.nvim_create_autocmd(event, vim.tbl_extend('error', { group = group, pattern = pattern }, what))
  end
  on({ 'BufRead', 'BufNewFile' }, '*.apq', { command = 'setfiletype apq' })
  on('FileType', 'apq', { callback = function(event) open(event.buf) end })
  on('Syntax', 'apq', { callback = function(event) colour(event.buf) end })
end

return M
