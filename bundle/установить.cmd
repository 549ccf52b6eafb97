@echo off
rem Ставит программу "Перечень" без сети и без прав администратора. Что именно делается, написано в install.py.
chcp 866 >nul
title Установка программы "Перечень"
pushd "%~dp0"
set "PYTHON="
for %%V in (3.14 3.13 3.12 3.11) do call :try py -%%V
call :try python
if not defined PYTHON goto lacking
call %PYTHON% install.py
set "CODE=%ERRORLEVEL%"
goto end
:try
if defined PYTHON exit /b 0
call %* install.py --fits >nul 2>nul
if not errorlevel 1 set "PYTHON=%*"
exit /b 0
:lacking
set "CODE=1"
echo ошибка: подходящий Python не найден. Установите одну из версий, названных в файле ПРОЧТИ.txt,
echo и запустите установить.cmd ещё раз.
:end
popd
echo.
echo Чтобы закрыть окно, нажмите любую клавишу.
pause >nul
exit /b %CODE%
